package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import dev.baton.cli.shared.ExitCodes;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the help of every command, also of those that are still to come. */
final class HelpTest {
  private static final Path RUNNING = Path.of("../docs/operating/running.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]*) ");
  private static final Pattern CODE = Pattern.compile("(?m)^  ([0-9]+) +(.*(?:\n {7}.*)*)$");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([0-9]+) \\| ([^;|]*)(;[^|]*)?\\|$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** Commands that are the same under two names. */
  private static final Map<String, String> ALSO = Map.of("task list", "list", "task show", "get");

  /** What is said where an operand may be left out, beside nothing at all. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "task cancel", "--state ready --yes",
          "task redrive", "--state dead --yes",
          "task run", "--state ready --yes",
          "task delete", "--state ready --yes",
          "complete", "LEASE");

  @TempDir private Path directory;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void everyCommand_fitsThePage() {
    everyHelp()
        .forEach(
            (command, help) ->
                assertThat(help.lines()).as(command).allMatch(line -> line.length() <= 80));
  }

  @Test
  void everyCommand_hasASentenceOfItsOwn() {
    Map<String, String> saidBy = new HashMap<>();
    leaves()
        .forEach(
            (command, help) -> {
              String sentence = sentence(help);
              assertThat(sentence).as(command).matches("(?s)[A-Z].*\\.");
              String other = saidBy.putIfAbsent(sentence, command);
              assertThat(other).as(command).isIn(null, ALSO.get(command));
            });
  }

  @Test
  void everyCommand_hasAnExampleThatItTakes() {
    leaves()
        .forEach(
            (command, help) -> {
              assertThat(help).as(command).contains("\nExample:\n  ");
              String example = help.split("\nExample:\n  ", 2)[1].split("\n", 2)[0];
              assertThat(example).contains("baton " + command);
              // Asked for help, it does not mind options that it does not know.
              assertThat(options(example)).as(example).allMatch(help::contains);
              Outcome parsed = cli.run(words(example.replaceAll("source <\\(|\\)$| > .*", "")));
              assertThat(parsed.exitCode()).as(parsed.err()).isZero();
            });
  }

  @Test
  void everyForm_isSaidWhereItIsTaken() {
    leaves()
        .forEach(
            (command, help) -> {
              assertThat(help.contains("A DURATION is 500ms"))
                  .as(command)
                  .isEqualTo(help.contains("DURATION]") || help.contains("=DURATION"));
              assertThat(help.contains("An INSTANT is 2026"))
                  .as(command)
                  .isEqualTo(help.contains("=INSTANT"));
            });
  }

  @Test
  void operandThatMayBeLeftOut_mayBeLeftOut() {
    leaves()
        .forEach(
            (command, help) -> {
              String synopsis = help.substring(0, help.indexOf(sentence(help)));
              Matcher optional = Pattern.compile(" \\[[A-Z]+(\\.\\.\\.)?\\]").matcher(synopsis);
              if (optional.find() && !command.equals("bench")) {
                cli.put("a");
                String instead = INSTEAD.getOrDefault(command, "").replace("LEASE", lease());
                Outcome outcome = cli.in("x").run((command + " " + instead).strip().split(" "));
                assertThat(outcome.exitCode()).as(command + outcome.err()).isZero();
              }
            });
  }

  private String lease() {
    return cli.lease().toString();
  }

  @Test
  void exitCodes_areTheSameInHelpAndGuide() throws IOException {
    Map<String, String> help = codes(cli.run("--help").out());
    Map<String, String> guide = new TreeMap<>();
    ROW.matcher(Files.readString(RUNNING).split("\n## Exit codes\n", 2)[1].split("\n## ", 2)[0])
        .results()
        .forEach(row -> guide.put(row.group(1), row.group(2).strip()));

    assertThat(help).isEqualTo(guide);
    assertThat(help.keySet()).isEqualTo(constants());
  }

  @Test
  void exitCodesOfEveryCommand_areAmongThoseOfAll() {
    Set<String> all = codes(cli.run("--help").out()).keySet();

    leaves()
        .forEach(
            (command, help) -> {
              assertThat(codes(help).keySet()).as(command).isSubsetOf(all).containsAnyOf("0", "81");
              assertThat(help).as(command).contains("listed by 'baton --help'");
            });
  }

  private static Set<String> constants() {
    return Arrays.stream(ExitCodes.class.getFields())
        .filter(field -> field.getType() == int.class)
        .map(HelpTest::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String value(Field constant) {
    try {
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a public constant can be read", e);
    }
  }

  private static Map<String, String> codes(String help) {
    String list = help.substring(help.indexOf("Exit codes:"));
    Map<String, String> codes = new TreeMap<>();
    CODE.matcher(list)
        .results()
        .forEach(code -> codes.put(code.group(1), code.group(2).replaceAll("\n +", " ")));
    return codes;
  }

  /** The first thing that is said of a command. */
  private static String sentence(String help) {
    return help.lines()
        .dropWhile(line -> line.startsWith("Usage: ") || line.startsWith("  "))
        .takeWhile(line -> !line.isBlank() && !line.startsWith("  "))
        .collect(Collectors.joining("\n"));
  }

  private Map<String, String> leaves() {
    Map<String, String> leaves = everyHelp();
    leaves.entrySet().removeIf(page -> page.getValue().contains("\nCommands:\n"));
    assertThat(leaves).hasSizeGreaterThan(60).containsKeys("put", "task list", "webhook redeliver");
    return leaves;
  }

  private Map<String, String> everyHelp() {
    Map<String, String> pages = new TreeMap<>();
    collect("", pages);
    return pages;
  }

  private void collect(String command, Map<String, String> pages) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.removeIf(String::isEmpty);
    args.add("--help");
    String help = cli.run(args.toArray(String[]::new)).out();
    pages.put(command, help);
    if (help.contains("\nCommands:\n")) {
      String list = help.split("\nCommands:\n", 2)[1].split("\nExit codes:", 2)[0];
      COMMAND
          .matcher(list)
          .results()
          .forEach(found -> collect((command + " " + found.group(1)).strip(), pages));
    }
  }

  /** The options that the command itself is given. */
  private static List<String> options(String example) {
    return WORD.matcher(example.split(" -- | > | \\| ", 2)[0])
        .results()
        .map(word -> word.group().split("=", 2)[0])
        .filter(word -> word.startsWith("-") && word.length() > 1)
        .toList();
  }

  /** As a shell splits it, asking for help, so that it is read but nothing is done. */
  private static String[] words(String example) {
    List<String> words = new ArrayList<>();
    for (MatchResult word : WORD.matcher(example).results().toList()) {
      words.add((word.group(1) == null ? word.group(2) : word.group(1)).replace("LEASE", "t~1"));
    }
    words.remove(0);
    int program = words.indexOf("--");
    words.add(program < 0 ? words.size() : program, "--help");
    return words.toArray(String[]::new);
  }
}
