package dev.baton.cli.shared;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of commands that work on a database file and nowhere else. */
public final class FileOption {

  @Option(
      names = "--db",
      paramLabel = "FILE",
      description = "The database file (default: $BATON_DB, or baton.db).")
  private Optional<Path> db = Optional.empty();

  /** What the command line or the environment says. */
  public Optional<Path> given(Terminal terminal) {
    return db.or(() -> terminal.variable("BATON_DB").map(Path::of)).map(Texts::database);
  }

  /** The file, which need not be there. */
  public Path path(Terminal terminal) {
    return given(terminal).orElse(Path.of("baton.db"));
  }

  /** The file, which must be there. */
  public Path existing(Terminal terminal) {
    Path path = path(terminal);
    Where.requireDatabase(path);
    return path;
  }
}
