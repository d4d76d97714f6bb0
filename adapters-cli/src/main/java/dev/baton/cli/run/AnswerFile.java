package dev.baton.cli.run;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.id.TaskId;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The output of a run: whole lines only, each row once. What a killed run left behind is read back,
 * less a line that was torn. For one thread; no second process gets the same file.
 */
final class AnswerFile implements AutoCloseable {
  private final Path path;
  private final LineFormat format;
  private final Writer writer;
  private final DoneRows done;

  private AnswerFile(Path path, LineFormat format, OutputStream out, DoneRows done) {
    this.path = path;
    this.format = format;
    this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.done = done;
  }

  /**
   * Opens or makes the file. A pipe, a device and standard output are written from their beginning:
   * nothing can be read back from them.
   *
   * @param path {@code -} for standard output
   * @param standardOutput stays open
   * @param dropFailed whether lines without an answer are removed, so that their rows are done anew
   */
  static AnswerFile open(Path path, boolean dropFailed, OutputStream standardOutput) {
    LineFormat format = RowSource.isCsv(path) ? new CsvFormat() : new JsonlFormat();
    try {
      if (Texts.isStandard(path)) {
        return begun(path, format, new Unclosed(standardOutput));
      }
      if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
        return begun(path, format, Files.newOutputStream(path));
      }
      return reopened(path, format, dropFailed);
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }

  private static AnswerFile begun(Path path, LineFormat format, OutputStream out)
      throws IOException {
    AnswerFile file = new AnswerFile(path, format, out, new DoneRows());
    file.writer.write(format.head());
    return file;
  }

  private static AnswerFile reopened(Path path, LineFormat format, boolean dropFailed)
      throws IOException {
    FileChannel channel = openLocked(path);
    cutTornLine(channel, format);
    if (dropFailed && channel.size() > 0) {
      replaceWithoutFailed(path, channel, format);
      channel.close();
      channel = openLocked(path);
    }
    if (channel.size() == 0) {
      AnswerFile file = begun(path, format, Channels.newOutputStream(channel));
      file.writer.flush();
      return file;
    }
    DoneRows done = done(path, channel, format);
    channel.position(channel.size());
    return new AnswerFile(path, format, Channels.newOutputStream(channel), done);
  }

  private static FileChannel openLocked(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    lock(path, channel);
    return channel;
  }

  private static DoneRows done(Path path, FileChannel channel, LineFormat format)
      throws IOException {
    DoneRows done = new DoneRows();
    try {
      format.read(
          reader(channel), line -> done.add(line.row(), taskId(path, line), line.answered()));
    } catch (IOException e) {
      throw notOurs(path, String.valueOf(e.getMessage()));
    }
    return done;
  }

  private static Reader reader(FileChannel channel) throws IOException {
    return new InputStreamReader(bytes(channel), StandardCharsets.UTF_8);
  }

  /** From the start. Closing it leaves the channel open: with any other one the lock would go. */
  private static InputStream bytes(FileChannel channel) throws IOException {
    InputStream bytes = Channels.newInputStream(channel.position(0));
    return new BufferedInputStream(
        new FilterInputStream(bytes) {
          @Override
          public void close() {}
        });
  }

  private static TaskId taskId(Path path, LineFormat.Written line) {
    if (!line.taskId().matches("run-[0-9a-f]{40}")) {
      throw notOurs(path, "it names the task '" + line.taskId() + "'");
    }
    return new TaskId(line.taskId());
  }

  private static CommandFailure notOurs(Path path, String why) {
    return new CommandFailure(
        ExitCodes.CANNOT_WRITE,
        "NOT_AN_OUTPUT",
        "%s exists and is not the output of a run: %s. Name another file".formatted(path, why));
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new CommandFailure(ExitCodes.IN_USE, "OUTPUT_IN_USE", "another run writes to " + path);
    }
  }

  /** A process that was killed may have left half a line. */
  private static void cutTornLine(FileChannel channel, LineFormat format) throws IOException {
    long whole = 0;
    long at = 0;
    boolean quoted = false;
    InputStream in = bytes(channel);
    for (int next = in.read(); next >= 0; next = in.read()) {
      at++;
      if (next == '"' && format.quotes()) {
        quoted = !quoted;
      } else if (next == '\n' && !quoted) {
        whole = at;
      }
    }
    channel.truncate(whole);
  }

  private static void replaceWithoutFailed(Path path, FileChannel channel, LineFormat format)
      throws IOException {
    Path copy = path.resolveSibling(path.getFileName() + ".new");
    try (Writer kept = Files.newBufferedWriter(copy)) {
      kept.write(format.head());
      format.read(
          reader(channel),
          line -> {
            if (line.answered()) {
              kept.write(line.text());
            }
          });
    }
    Files.move(copy, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  DoneRows done() {
    return done;
  }

  /** Adds a line; in the file after the next {@link #flush}. */
  void add(AnswerLine line) {
    try {
      writer.write(format.format(line));
      done.add(line.row(), line.taskId(), line.isAnswered());
    } catch (IOException e) {
      throw lost(e);
    }
  }

  void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private CommandFailure lost(IOException cause) {
    boolean unread = String.valueOf(cause.getMessage()).contains("Broken pipe");
    return unread
        ? new CommandFailure(
            ExitCodes.PARTIAL, "OUTPUT_CLOSED", "nobody reads the output any more", cause)
        : Texts.unwritable(path, cause);
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Standard output, which is not this file's to close. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
      out.write(octets, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
