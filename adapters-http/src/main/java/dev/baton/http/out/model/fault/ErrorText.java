package dev.baton.http.out.model.fault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.http.out.upstream.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names and the words of a provider's error, wherever its shape has them. Both are squeezed: in
 * small letters, without blanks and punctuation, so that {@code context_length_exceeded}, {@code
 * ContextLengthExceeded} and "Context length exceeded" are one. They serve to class the error and
 * are never told or logged.
 *
 * @param names what the provider calls the error: codes, types, reasons, one to a line
 * @param words what it says of it for people, one to a line
 * @param status the status that stands in the error, when it is one of an error
 */
record ErrorText(String names, String words, OptionalInt status) {
  private static final int TEXT_MAX = 4_000;
  private static final int PARAM_MAX = 100;
  private static final int TEXTS_MAX = 64;
  private static final int DEPTH_MAX = 6;
  private static final Set<String> NAMES =
      Set.of("code", "type", "status", "reason", "error_type", "errorType", "__type", "object");
  private static final Set<String> WORDS =
      Set.of(
          "message",
          "Message",
          "error",
          "errors",
          "detail",
          "details",
          "msg",
          "raw",
          "reasons",
          "error_description",
          "description",
          "status_msg",
          "title",
          "quotaId");

  /** What the caller sent may stand in an error, and has nothing to say of it. */
  private static final Set<String> ECHOES =
      Set.of("input", "flagged_input", "param", "loc", "ctx", "body", "messages", "choices");

  /** Quotations; a single quote within a word is an apostrophe. */
  private static final Pattern QUOTES =
      Pattern.compile(
          "\"[^\"]*(\"|$)|`[^`]*(`|$)|\u201c[^\u201d]*(\u201d|$)|\u00ab[^\u00bb]*(\u00bb|$)"
              + "|(?<![\\p{L}\\p{N}])'.*?('(?![\\p{L}\\p{N}])|$)",
          Pattern.DOTALL);

  /** What an error is where there is none. */
  private static final Set<String> NO_ERROR = Set.of("", "false", "0", "null", "none");

  static ErrorText of(JsonNode answer) {
    Gathering gathering = new Gathering();
    gathering.walk("error", answer, 0);
    return new ErrorText(lines(gathering.names), lines(gathering.words), status(answer));
  }

  /** Of a body that may not be JSON; then all of it is words. */
  static ErrorText of(String body) {
    return Json.container(body)
        .map(ErrorText::of)
        .orElseGet(() -> new ErrorText("", squeezed(body), OptionalInt.empty()));
  }

  /** All of it, as one text to search. */
  String all() {
    return names + "\n" + words;
  }

  private static final class Gathering {
    private final List<String> names = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    private void walk(String member, JsonNode node, int depth) {
      if (member.equals("param") && node.asText("").length() <= PARAM_MAX) {
        names.add("param" + squeezed(node.asText()));
      }
      if (depth > DEPTH_MAX || ECHOES.contains(member)) {
        return;
      }
      if (node.isObject()) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
          walk(entry.getKey(), entry.getValue(), depth + 1);
        }
      } else if (node.isArray()) {
        node.forEach(item -> walk(member, item, depth + 1));
      } else if (names.size() + words.size() < TEXTS_MAX) {
        take(member, node.asText());
      }
    }

    private void take(String member, String text) {
      if (NAMES.contains(member)) {
        names.add(squeezed(text));
      } else if (WORDS.contains(member)) {
        words.add(squeezed(unquoted(text)));
      }
    }
  }

  /**
   * A text without what it quotes: that may be the prompt, which has nothing to say of the error.
   * What has no blank in it is a name, and stays. Where JSON stands in the text its quotes are no
   * quotations.
   */
  private static String unquoted(String text) {
    String begin = text.substring(0, Math.min(text.length(), TEXT_MAX));
    Matcher quotes = QUOTES.matcher(begin);
    return quotes.find() && begin.lastIndexOf('{', quotes.start()) < 0
        ? quotes.replaceAll(quote -> hasBlank(quote.group()) ? " " : "$0")
        : begin;
  }

  private static boolean hasBlank(String text) {
    return text.chars().anyMatch(Character::isWhitespace);
  }

  private static String lines(List<String> texts) {
    return String.join("\n", texts);
  }

  /** Some say 200 and give the status that they mean in the error. */
  private static OptionalInt status(JsonNode answer) {
    JsonNode first = answer.isArray() ? answer.path(0) : answer;
    JsonNode error = first.path("error").isObject() ? first.path("error") : first;
    for (String name : List.of("code", "status", "status_code")) {
      int status = error.path(name).asInt(0);
      if (status >= 400 && status <= 599) {
        return OptionalInt.of(status);
      }
    }
    return OptionalInt.empty();
  }

  /** Small letters and digits alone, of the text's beginning. */
  static String squeezed(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .limit(TEXT_MAX)
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Whether what stands where an answer would is an error, in any shape that vendors use. */
  static boolean isError(JsonNode answer) {
    if (answer.isArray()) {
      return isError(answer.path(0));
    }
    JsonNode error = answer.path("error");
    return error.isObject()
        || !NO_ERROR.contains(error.asText("").strip())
        || answer.path("object").asText("").equals("error")
        || answer.path("type").asText("").equals("error")
        || answer.path("error_code").asInt(0) != 0
        || answer.path("base_resp").path("status_code").asInt(0) != 0;
  }
}
