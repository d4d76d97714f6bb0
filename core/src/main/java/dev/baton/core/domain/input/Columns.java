package dev.baton.core.domain.input;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the columns of a CSV are called. A name that means something is known in any case, and with
 * blanks or underscores between its words, so that what results are headed with is known as well.
 * Immutable.
 */
public final class Columns {
  private static final int SHOWN_MAX = 80;
  private static final CharMatcher BETWEEN = CharMatcher.anyOf(" _-");
  private static final Map<String, Member> KNOWN =
      Stream.of(Member.values())
          .collect(Collectors.toMap(member -> plain(member.spelling()), member -> member));

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
          "status",
          "answeredby",
          "finishreason",
          "toolcalls",
          "refusal",
          "reasoning",
          "logprobabilities");

  /** A task that came of another one's row can't have its id. */
  static final String SOURCE_ID = "sourceId";

  private final List<Column> all;

  private Columns(List<Column> all) {
    this.all = List.copyOf(all);
  }

  /**
   * @param result whether it is one of results, which is passed over when they are read as rows
   */
  private record Column(String name, Optional<Member> member, boolean result) {}

  /** The columns that a header names, without those at its end that have no name. */
  public static Columns of(List<String> cells) {
    int count = cells.size();
    while (count > 0 && cells.get(count - 1).isBlank()) {
      count--;
    }
    List<String> header = cells.subList(0, count);
    Set<String> plain = new HashSet<>(header.stream().map(Columns::plain).toList());
    boolean results = plain.containsAll(RESULT_MARKS);
    return new Columns(header.stream().map(name -> column(name.strip(), results)).toList());
  }

  private static Column column(String name, boolean results) {
    String plain = plain(name);
    if (results && plain.equals("id")) {
      return new Column(SOURCE_ID, Optional.empty(), false);
    }
    Optional<Member> member = Optional.ofNullable(KNOWN.get(plain));
    return new Column(
        member.map(Member::spelling).orElse(name), member, results && RESULTS.contains(plain));
  }

  public int count() {
    return all.size();
  }

  /** Where a member stands, or -1. */
  public int indexOf(Member member) {
    for (int i = 0; i < all.size(); i++) {
      if (member(i).filter(member::equals).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  String name(int index) {
    return all.get(index).name();
  }

  Optional<Member> member(int index) {
    return all.get(index).member();
  }

  boolean isResult(int index) {
    return all.get(index).result();
  }

  /** Why rows can't be read under this header. */
  public Optional<String> problem() {
    if (all.stream().noneMatch(Columns::isNeeded)) {
      return Optional.of(missing(all.stream().map(Column::name).toList()));
    }
    Set<String> names = new HashSet<>();
    return all.stream()
        .filter(column -> !column.result())
        .filter(column -> column.name().isEmpty() || !names.add(column.name()))
        .findFirst()
        .map(
            column ->
                column.name().isEmpty()
                    ? "a column has no name"
                    : "the column " + shown(column.name()) + " has the name of another one");
  }

  private static boolean isNeeded(Column column) {
    return column.member().filter(m -> m == Member.PROMPT || m == Member.MESSAGES).isPresent();
  }

  private static String plain(String name) {
    return BETWEEN.removeFrom(name.strip()).toLowerCase(Locale.ROOT);
  }

  private static String missing(List<String> names) {
    String all = String.join(", ", names);
    char other = all.indexOf(';') >= 0 ? ';' : '\t';
    String hint =
        names.size() == 1 && all.indexOf(other) >= 0
            ? "; cells are separated by commas, not by " + (other == ';' ? "semicolons" : "tabs")
            : "";
    return "the header row has no column prompt or messages%s: %s".formatted(hint, shown(all));
  }

  private static String shown(String names) {
    return Ascii.truncate(names.replace('\t', ' '), SHOWN_MAX, "...");
  }
}
