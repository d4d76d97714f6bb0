package dev.baton.cli.shared;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that does nothing but hold others. */
public final class Group implements Callable<Integer> {
  private final String name;

  private Group(String name) {
    this.name = name;
  }

  /** The group as picocli takes it, with {@code commands} by their names. */
  public static CommandLine of(String name, String description, Map<String, Object> commands) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new Group(name)).name(name);
    spec.usageMessage()
        .description(description)
        .synopsisSubcommandLabel("COMMAND")
        .exitCodeList(Map.of("2", "wrong usage; otherwise as the command says"));
    CommandLine group = new CommandLine(spec);
    commands.forEach(
        (word, command) -> {
          CommandLine line = new CommandLine(command);
          line.setCommandName(word);
          group.addSubcommand(word, line);
        });
    return group;
  }

  @Override
  public Integer call() {
    throw CommandFailure.usage("which command? 'baton " + name + " --help' lists them");
  }
}
