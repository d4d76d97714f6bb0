package dev.baton.cli.run;

import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Texts;
import dev.baton.core.domain.id.TaskId;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
  private final FileChannel channel;
  private final Writer writer;
  private final DoneRows done;

  private AnswerFile(Path path, LineFormat format, FileChannel channel, DoneRows done) {
    this.path = path;
    this.format = format;
    this.channel = channel;
    this.writer =
        new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8));
    this.done = done;
  }

  /**
   * Opens or makes the file.
   *
   * @param dropFailed whether lines without an answer are removed, so that their rows are done anew
   */
  static AnswerFile open(Path path, boolean dropFailed) {
    LineFormat format = RowSource.isCsv(path) ? new CsvFormat() : new JsonlFormat();
    try {
      FileChannel channel = openLocked(path);
      cutTornLine(channel, format);
      if (dropFailed && channel.size() > 0) {
        replaceWithoutFailed(path, channel, format);
        channel.close();
        channel = openLocked(path);
      }
      AnswerFile file = new AnswerFile(path, format, channel, done(path, channel, format));
      channel.position(channel.size());
      file.begin();
      return file;
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
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
    if (channel.size() == 0) {
      return done;
    }
    try {
      format.read(reader(channel), line -> done.add(line.row(), taskId(path, line)));
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

  private void begin() throws IOException {
    if (channel.size() == 0) {
      writer.write(format.head());
      writer.flush();
    }
  }

  DoneRows done() {
    return done;
  }

  /** Adds a line; in the file after the next {@link #flush}. */
  void add(AnswerLine line) {
    try {
      writer.write(format.format(line));
      done.add(line.row(), line.taskId());
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }

  void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      writer.close();
    } catch (IOException e) {
      throw Texts.unwritable(path, e);
    }
  }
}
