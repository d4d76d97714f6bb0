package dev.baton.cli;

import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.ServerCommand;
import dev.baton.cli.shared.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Adds to the help of every command what holds for all, and its example. */
final class HelpPages {
  private static final String MORE_CODES =
      "Exit codes that any command may end with are listed by 'baton --help'.";

  private HelpPages() {}

  /** Completes {@code line} and the commands below it. */
  static void complete(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.userObject() instanceof ServerCommand command) {
      command.describe(spec);
    }
    spec.usageMessage().exitCodeListHeading(ExitCodes.HEADING);
    spec.usageMessage().description(paragraphs(spec.usageMessage().description()));
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
    Examples.of(spec.qualifiedName())
        .ifPresent(example -> spec.usageMessage().footer(footer(spec, example)));
    line.getSubcommands().values().forEach(HelpPages::complete);
  }

  /** Lines that belong together as one, which is broken where the page ends. */
  private static String[] paragraphs(String[] lines) {
    List<String> paragraphs = new ArrayList<>();
    boolean goesOn = false;
    for (String line : lines) {
      if (goesOn && !line.isEmpty()) {
        int last = paragraphs.size() - 1;
        paragraphs.set(last, paragraphs.get(last) + " " + line);
      } else {
        paragraphs.add(line);
      }
      goesOn = !line.isEmpty();
    }
    return paragraphs.toArray(String[]::new);
  }

  private static String[] footer(CommandSpec spec, String example) {
    List<String> lines = new ArrayList<>(List.of("", "Example:"));
    Arrays.stream(example.split("\n")).map(line -> "  " + line).forEach(lines::add);
    lines.add("");
    form(spec, Duration.class, "A DURATION is " + Values.DURATION_FORMS + ".")
        .ifPresent(lines::add);
    form(spec, Instant.class, "An INSTANT is " + Values.INSTANT_FORMS + ".").ifPresent(lines::add);
    lines.add(MORE_CODES);
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  private static Optional<String> form(CommandSpec spec, Class<?> type, String sentence) {
    boolean takesOne =
        spec.options().stream()
            .anyMatch(
                option ->
                    option.type() == type || Arrays.asList(option.auxiliaryTypes()).contains(type));
    return takesOne ? Optional.of(sentence) : Optional.empty();
  }
}
