package dev.baton.http.in.runner.shared;

import dev.baton.http.in.json.Doc;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** How this dialect puts that something was not done. */
public record Refusal(
    @Doc("Always false.") boolean success,
    @Doc("What was wrong.") Problem error,
    @Doc("When it was refused.") Instant timestamp) {

  /** What was wrong. */
  @Doc(value = "", name = "RefusalError")
  public record Problem(
      @Doc(value = "Stable, in capitals.", example = "VALIDATION_ERROR") String code,
      @Doc("For people.") String message,
      @Doc("What is known beside it.") Details details) {}

  /** What is known beside a code and a message. */
  @Doc(value = "Which members are there depends on the code.", name = "RefusalDetails")
  public sealed interface Details {}

  /** Nothing more. */
  public record None() implements Details {
    public static final None NONE = new None();
  }

  /** Wrong values, at most as many as a small reply holds. */
  public record Fields(
      @Doc("Each wrong value.") List<Field> fields,
      @Doc("Wrong values that are not shown.") OptionalInt more)
      implements Details {}

  /** Wrong rows of a file. */
  public record Rows(@Doc("Each wrong row of a file.") List<RowProblem> rows) implements Details {}

  /** JSON that is none. */
  public record Broken(@Doc("Where in the body its JSON is broken, in bytes.") long offset)
      implements Details {}

  /** A server that can't do it now. */
  public record Unavailable(
      @Doc("Why nothing can be done now.") String reason,
      @Doc("unknown: it may have been done.") Optional<String> outcome)
      implements Details {}

  /** A server whose store is down. */
  public record Down(
      @Doc("How the server is.") String status,
      @Doc("How each service is.") Map<String, String> services)
      implements Details {}

  /** A fault of the server. */
  public record Bug(@Doc("Names a bug in the server's log.") String errorId) implements Details {}

  /** A wrong value of the body, or of a parameter. */
  @Doc(value = "", name = "RefusedField")
  public record Field(
      @Doc("Where in the body, as a JSON pointer.") Optional<String> pointer,
      @Doc("Which parameter of the path, the query or the header.") Optional<String> parameter,
      @Doc("For people.") String message,
      @Doc(value = "For programs.", example = "missing") String type) {}
}
