package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to the command line tells people to type does what it says, in its order. */
final class GuideTest {
  private static final Path GUIDE = Path.of("../docs/operating/command-line.md");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Map<String, String> NAMES =
      Map.of(
          "baton webhook add", "WEBHOOK",
          "baton webhook test", "DELIVERY",
          "baton schedule add", "SCHEDULE");

  @TempDir Path directory;
  private final Map<String, String> ids = new HashMap<>();

  @Test
  void everyExample_ends0() throws IOException {
    Files.writeString(directory.resolve("fruit.csv"), "prompt\napple\npear\n");
    List<String> examples =
        Files.readAllLines(GUIDE).stream().filter(line -> line.startsWith("baton ")).toList();
    assertThat(examples).hasSizeGreaterThan(20);

    try (CliHarness cli = new CliHarness(directory)) {
      for (String example : examples) {
        Outcome outcome = cli.run(words(example));

        assertThat(outcome.exitCode()).as("%s%n%s", example, outcome.err()).isZero();
        remember(example, outcome.out());
      }
    }
    assertThat(Files.readString(directory.resolve("answers.csv"))).contains("apple");
  }

  /** Ids that Baton makes stand in the guide as words in capitals. */
  private void remember(String example, String out) {
    NAMES.forEach(
        (beginning, word) -> {
          if (example.startsWith(beginning)) {
            ids.put(word, out.lines().findFirst().orElseThrow());
          }
        });
  }

  private String[] words(String example) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(example.substring("baton ".length()));
    while (matcher.find()) {
      String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      words.add(
          word.endsWith(".csv")
              ? directory.resolve(word).toString()
              : ids.getOrDefault(word, word));
    }
    return words.toArray(String[]::new);
  }
}
