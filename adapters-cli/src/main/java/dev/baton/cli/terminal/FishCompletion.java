package dev.baton.cli.terminal;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a script that completes commands and options in fish. */
public final class FishCompletion {
  private static final String FUNCTION =
      """
      # Completes %1$s in fish.
      function __%1$s_at
          set -l words (commandline -opc)
          set -l path
          for word in $words[2..-1]
              string match -q -- '-*' $word; or set -a path $word
          end
          set -l wanted (string split ' ' -- $argv[1])
          test "$argv[1]" = ''; and set wanted
          set -l length (count $wanted)
          if test "$argv[2]" = exact; and test (count $path) -ne $length
              return 1
          end
          test $length -eq 0; and return 0
          test (count $path) -ge $length; and test "$path[1..$length]" = "$wanted"
      end
      complete -c %1$s -e
      """;

  private FishCompletion() {}

  /** The script for a program with all its commands. */
  public static String script(String name, CommandLine program) {
    StringBuilder script = new StringBuilder(FUNCTION.formatted(name));
    add(script, name, "", program);
    return script.toString();
  }

  private static void add(StringBuilder script, String name, String path, CommandLine command) {
    Map<String, CommandLine> below = command.getSubcommands();
    for (Map.Entry<String, CommandLine> entry : below.entrySet()) {
      script.append(
          "complete -c %s -n \"__%s_at '%s' exact\" -f -a %s -d %s\n"
              .formatted(name, name, path, entry.getKey(), quoted(sentence(entry.getValue()))));
      add(script, name, (path + " " + entry.getKey()).strip(), entry.getValue());
    }
    String where = below.isEmpty() ? "" : " exact";
    for (OptionSpec option : command.getCommandSpec().options()) {
      script.append(
          "complete -c %s -n \"__%s_at '%s'%s\"%s%s -d %s\n"
              .formatted(name, name, path, where, names(option), value(option), said(option)));
    }
  }

  private static String names(OptionSpec option) {
    return Arrays.stream(option.names())
        .map(
            each -> each.startsWith("--") ? " -l " + each.substring(2) : " -s " + each.substring(1))
        .collect(Collectors.joining());
  }

  private static String value(OptionSpec option) {
    return option.arity().min() > 0 ? " -r" : "";
  }

  private static String said(OptionSpec option) {
    return quoted(String.join(" ", option.description()));
  }

  private static String sentence(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    return Arrays.stream(spec.usageMessage().description()).findFirst().orElse("");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
