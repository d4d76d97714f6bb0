package dev.baton.cli.run;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.core.domain.task.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/** Writes how the rows of a batch came out to a file, in the order of the rows. */
final class BatchResults {

  private BatchResults() {}

  /** The format that is named, or else the one that the file's name tells, or JSON Lines. */
  static Format format(Optional<Format> named, Optional<Path> file) {
    boolean csv =
        file.filter(path -> path.toString().toLowerCase(Locale.ROOT).endsWith(".csv")).isPresent();
    return named.orElse(csv ? Format.CSV : Format.JSONL);
  }

  /** Writes a file as a whole: it is there once the last row is in it. */
  static void write(BatchServer server, BatchId id, Format format, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(part)) {
        server.results(id, format, piece -> append(out, piece));
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static CommandFailure cannotWrite(Path file, Exception e) {
    return new CommandFailure(
        ExitCodes.CANNOT_WRITE, "CANNOT_WRITE", "can't write " + file + ": " + e.getMessage());
  }

  private static void append(Writer out, String piece) {
    try {
      out.write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
