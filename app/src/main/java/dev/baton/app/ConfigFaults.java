package dev.baton.app;

import dev.baton.app.config.ConfigException;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.LocaleText;
import java.nio.file.InvalidPathException;
import java.util.Optional;
import java.util.function.Supplier;

/** Faults of a configuration, as a command tells them. */
final class ConfigFaults {

  private ConfigFaults() {}

  /** A part of a configuration; its faults end the command. */
  static <T> T told(Supplier<T> part) {
    try {
      return part.get();
    } catch (InvalidPathException e) {
      throw new CommandFailure(
          ExitCodes.REFUSED, "CONFIG", LocaleText.problem(String.valueOf(e.getInput())));
    } catch (ConfigException | IllegalArgumentException e) {
      throw failure(e);
    }
  }

  /** The end of a command whose configuration is refused. */
  static CommandFailure failure(RuntimeException e) {
    return new CommandFailure(
        ExitCodes.REFUSED, "CONFIG", Optional.ofNullable(e.getMessage()).orElse(""));
  }
}
