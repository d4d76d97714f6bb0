package dev.baton.cli.shared;

import com.google.common.base.Utf8;
import dev.baton.core.domain.error.FileFaults;
import dev.baton.core.domain.input.Member;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Texts that come in from files and pipes: UTF-8 or refused, and never longer than asked for. */
public final class Texts {
  /** The largest prompt. */
  public static final int PROMPT_MAX = Member.PROMPT.max();

  /** The largest answer. */
  public static final int ANSWER_MAX = 16 * 1024 * 1024;

  private static final Path STANDARD = Path.of("-");

  private Texts() {}

  /**
   * The text that was meant: given in the command, in a file, or on standard input.
   *
   * @param given as the parameter says; {@code -} and nothing stand for standard input
   */
  public static String read(
      Optional<String> given, Optional<Path> file, Terminal terminal, int max) {
    if (given.isPresent() && file.isPresent()) {
      throw CommandFailure.usage("give the text itself or --file, not both");
    }
    if (file.isPresent()) {
      return isStandard(file.get()) ? standardInput(terminal, max) : read(file.get(), max);
    }
    if (given.isPresent() && !given.get().equals("-")) {
      return given.get();
    }
    return standardInput(terminal, max);
  }

  /** Whether {@code file} stands for standard input or output; {@code ./-} is a file. */
  public static boolean isStandard(Path file) {
    return file.equals(STANDARD);
  }

  /**
   * The file to read, by whoever needs one that has a length or reads it twice: standard input is
   * kept in a temporary file, which nobody else may read, until this process ends.
   */
  public static Path toRead(Path file, Terminal terminal) {
    if (!isStandard(file)) {
      return file;
    }
    try {
      Path kept = Files.createTempFile("baton-stdin", "");
      kept.toFile().deleteOnExit();
      Files.copy(terminal.in(), kept, StandardCopyOption.REPLACE_EXISTING);
      return kept;
    } catch (IOException e) {
      throw unreadable("standard input", e);
    }
  }

  /** A database file, which is no stream. */
  static Path database(Path file) {
    if (isStandard(file)) {
      throw CommandFailure.usage("a database can't be standard input: name its file");
    }
    return file;
  }

  private static String standardInput(Terminal terminal, int max) {
    try {
      return read(terminal.in(), "standard input", max);
    } catch (IOException e) {
      throw unreadable("standard input", e);
    }
  }

  private static String read(Path file, int max) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), max);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  private static String read(InputStream in, String name, int max) throws IOException {
    byte[] bytes = in.readNBytes(max + 1);
    if (bytes.length > max) {
      throw CommandFailure.usage("%s is larger than %d bytes".formatted(name, max));
    }
    return decode(bytes)
        .orElseThrow(() -> CommandFailure.usage(name + " is not UTF-8: convert it first"));
  }

  /**
   * Opens a file to read rows or text from. A directory can be opened, too, and only fails when it
   * is read.
   */
  public static InputStream open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "it is a directory");
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /** The text that these bytes are in UTF-8; empty when they are no UTF-8. */
  public static Optional<String> decode(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** How many bytes {@code text} takes in UTF-8. */
  public static long utf8Length(String text) {
    return Utf8.encodedLength(text);
  }

  /** A file that was to be read can't be. */
  public static CommandFailure unreadable(String name, IOException cause) {
    String message =
        cause instanceof NoSuchFileException
            ? "there is no file " + name
            : "can't read %s: %s".formatted(name, FileFaults.why(cause));
    return new CommandFailure(ExitCodes.NO_INPUT, "NO_INPUT", message, cause);
  }

  /** A file that was to be written can't be. */
  public static CommandFailure unwritable(Path file, IOException cause) {
    return new CommandFailure(
        ExitCodes.CANNOT_WRITE,
        "CANNOT_WRITE",
        "can't write %s: %s".formatted(file, FileFaults.why(cause)),
        cause);
  }

  /** Without what could move the cursor or the colours of a terminal. */
  public static String harmless(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }
}
