package dev.baton.cli.process;

import dev.baton.cli.shared.Texts;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the programs of one worker write to their error output: a named pipe, so that it is read
 * without a thread and without waiting, by whom and for how long ever it is held open; a file where
 * the system has no such pipes. For one thread.
 */
final class ErrorOutput implements AutoCloseable {
  private static final int PIECE = 64 * 1024;
  private static final int LOOK_MAX = 1024 * 1024;

  private final Path path;
  private final RandomAccessFile file;
  private final FileInputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer bytes = ByteBuffer.allocate(PIECE);
  private final CharBuffer chars = CharBuffer.allocate(PIECE);

  private ErrorOutput(Path path, RandomAccessFile file, FileInputStream in) {
    this.path = path;
    this.file = file;
    this.in = in;
  }

  /** Makes one in this directory. */
  static ErrorOutput open(Path directory) {
    Path path = directory.resolve("errors-" + Thread.currentThread().getId());
    try {
      make(path);
      // Opened for writing as well, or this would wait for the first writer and end with the last.
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      return new ErrorOutput(path, file, new FileInputStream(file.getFD()));
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }

  private static void make(Path path) throws IOException {
    try {
      int unused =
          new ProcessBuilder("mkfifo", "-m", "600", path.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    } catch (IOException e) {
      Files.createFile(path);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Path path() {
    return path;
  }

  /** Forgets what an earlier program left. */
  void clear() {
    String unused = read();
    decoder.reset();
    bytes.clear();
  }

  /** What came since the last call, some of it where it is very much; never waits. */
  String read() {
    StringBuilder text = new StringBuilder();
    try {
      while (text.length() < LOOK_MAX && in.available() > 0) {
        int length = Math.min(in.available(), bytes.remaining());
        int read = in.read(bytes.array(), bytes.position(), length);
        if (read < 0) {
          break;
        }
        bytes.position(bytes.position() + read).flip();
        decoder.decode(bytes, chars, false);
        text.append(chars.flip());
        chars.clear();
        // The beginning of a character, whose end is still to come.
        bytes.compact();
      }
    } catch (IOException e) {
      throw Texts.unreadable(path.toString(), e);
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      file.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }
}
