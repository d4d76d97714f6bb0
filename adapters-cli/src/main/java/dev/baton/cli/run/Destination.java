package dev.baton.cli.run;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Texts;
import dev.baton.core.client.BatchClient;
import dev.baton.core.domain.batch.ResultFormat;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.port.BatchFiles.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: standard output, or a file that is there under its name once the last row is in
 * it. What can't be written shows when this is opened, before anybody is asked anything. For one
 * thread.
 */
public final class Destination implements AutoCloseable {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final Path file;
  private final Output talk;
  private final boolean overwrite;
  private final @Nullable Path part;
  private final @Nullable Writer writer;

  private Destination(
      Path file, Output talk, boolean overwrite, @Nullable Path part, @Nullable Writer writer) {
    this.file = file;
    this.talk = talk;
    this.overwrite = overwrite;
    this.part = part;
    this.writer = writer;
  }

  /**
   * Proves that {@code file} can be written.
   *
   * @param file {@code -} for standard output
   * @param overwrite whether it may be there already
   */
  public static Destination open(Path file, boolean overwrite, Output talk) {
    if (isStandardOutput(file)) {
      return new Destination(file, talk, overwrite, null, null);
    }
    check(file, overwrite);
    try {
      if (isDevice(file)) {
        return new Destination(file, talk, overwrite, null, Files.newBufferedWriter(file));
      }
      Path part =
          file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      return new Destination(file, talk, overwrite, part, Files.newBufferedWriter(part));
    } catch (IOException e) {
      throw Texts.unwritable(file, e);
    }
  }

  public static boolean isStandardOutput(Path file) {
    return file.equals(STANDARD_OUTPUT);
  }

  private static void check(Path file, boolean overwrite) {
    Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    if (!Files.exists(directory)) {
      throw cannotWrite(file, "there is no directory " + directory);
    }
    if (!Files.isDirectory(directory)) {
      throw cannotWrite(file, directory + " is no directory");
    }
    if (Files.isDirectory(file)) {
      throw cannotWrite(file, "it is a directory");
    }
    if (Files.exists(file) && !isDevice(file) && !overwrite) {
      throw exists(file);
    }
  }

  /** A pipe, or what else can't be moved into place. */
  private static boolean isDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  /** The format that is named, or else the one that the file's name tells, or JSON Lines. */
  public static Format format(Optional<Format> named, Optional<Path> file) {
    return named.orElse(file.filter(Destination::isCsv).isPresent() ? Format.CSV : Format.JSONL);
  }

  public static boolean isCsv(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** Writes how the rows of a batch came out, in the order of the rows. */
  public void write(BatchClient server, BatchId id, ResultFormat format) {
    if (writer == null) {
      server.results(id, format, talk::printRaw);
      return;
    }
    try {
      server.results(id, format, piece -> append(writer, piece));
      writer.close();
      if (part != null) {
        putInPlace(part);
      }
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (UncheckedIOException e) {
      throw Texts.unwritable(file, requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw Texts.unwritable(file, e);
    }
    talk.say("written to " + file);
  }

  private void putInPlace(Path written) throws IOException {
    if (overwrite) {
      Files.move(written, file, REPLACE_EXISTING);
    } else {
      Files.move(written, file);
    }
  }

  private static void append(Writer out, String piece) {
    try {
      out.write(piece);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CommandFailure exists(Path file) {
    return new CommandFailure(
        ExitCodes.CANNOT_WRITE,
        "OUTPUT_EXISTS",
        file + " exists: name another file, or allow it with --overwrite");
  }

  private static CommandFailure cannotWrite(Path file, String why) {
    return new CommandFailure(
        ExitCodes.CANNOT_WRITE, "CANNOT_WRITE", "can't write " + file + ": " + why);
  }

  /** What was not put in place goes. */
  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
      if (part != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw Texts.unwritable(file, e);
    }
  }
}
