package dev.baton.persistence.file;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the columns of a CSV are called. A name that means something is known in any case, and with
 * blanks or underscores between its words, so that what results are headed with is known as well.
 */
final class Columns {
  /** Stands for a column of results, which is passed over when results are read as rows. */
  static final String RESULT = "\0result";

  private static final int SHOWN_MAX = 80;
  private static final CharMatcher BETWEEN = CharMatcher.anyOf(" _-");
  private static final Map<String, String> KNOWN =
      List.of(
              "id",
              "prompt",
              "messages",
              "model",
              "temperature",
              "maxTokens",
              "maxRetries",
              "idempotencyKey",
              "priority",
              "metadata")
          .stream()
          .collect(Collectors.toMap(Columns::plain, name -> name));

  /** What makes a file one of results. */
  private static final Set<String> RESULT_MARKS = Set.of("success", "response", "timestamp");

  private static final Set<String> RESULTS =
      Set.of(
          "success",
          "response",
          "error",
          "prompttokens",
          "completiontokens",
          "totaltokens",
          "cost",
          "timestamp",
          "status");

  /** A task that came of another one's row can't have its id. */
  private static final String SOURCE_ID = "sourceId";

  private Columns() {}

  /** The header's cells, with the known ones in one spelling. */
  static List<String> named(List<String> header) {
    Set<String> plain = new HashSet<>(header.stream().map(Columns::plain).toList());
    boolean results = plain.containsAll(RESULT_MARKS);
    return header.stream().map(name -> named(name.strip(), results)).toList();
  }

  private static String named(String name, boolean results) {
    String plain = plain(name);
    if (results && RESULTS.contains(plain)) {
      return RESULT;
    }
    return results && plain.equals("id") ? SOURCE_ID : KNOWN.getOrDefault(plain, name);
  }

  private static String plain(String name) {
    return BETWEEN.removeFrom(name.strip()).toLowerCase(Locale.ROOT);
  }

  /** Why a header without what is needed can't be used. */
  static String missing(List<String> names) {
    String all = String.join(", ", names);
    char other = all.indexOf(';') >= 0 ? ';' : '\t';
    String hint =
        names.size() == 1 && all.indexOf(other) >= 0
            ? "; cells are parted by commas, not by " + (other == ';' ? "semicolons" : "tabs")
            : "";
    return "the header row has no column prompt or messages%s: %s"
        .formatted(hint, Ascii.truncate(all.replace('\t', ' '), SHOWN_MAX, "..."));
  }
}
