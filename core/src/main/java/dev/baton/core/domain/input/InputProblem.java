package dev.baton.core.domain.input;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is wrong with one member of a task's input.
 *
 * @param member the one, or the one that is missing
 * @param steps where within its value: names and indices; empty for the value as a whole
 * @param message for people, as it follows the name of the place
 */
public record InputProblem(Member member, List<Object> steps, Fault fault, String message) {

  /** In which way it is wrong, for programs. */
  public enum Fault {
    MISSING,
    WRONG_TYPE,
    TOO_SHORT,
    TOO_LONG,
    OUT_OF_RANGE,
    /** None of the words that are allowed. */
    NOT_ONE_OF,
    /** Not made of the characters that are allowed. */
    PATTERN,
    /** No point in time. */
    INSTANT,
    /** Not well-formed text, or it does not go with another member. */
    INVALID
  }

  public InputProblem {
    requireNonNull(member, "member");
    steps = List.copyOf(steps);
    requireNonNull(fault, "fault");
    requireNonNull(message, "message");
  }

  static InputProblem of(Member member, Fault fault, String message) {
    return new InputProblem(member, List.of(), fault, message);
  }

  /** The place and what is wrong there, such as {@code messages.0.role: is missing}. */
  public String sentence() {
    StringBuilder text = new StringBuilder(member.spelling());
    steps.forEach(step -> text.append('.').append(step));
    return text.append(": ").append(message).toString();
  }
}
