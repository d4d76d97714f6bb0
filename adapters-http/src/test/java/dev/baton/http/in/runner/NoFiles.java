package dev.baton.http.in.runner;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * No file of the server's; a text, or what was uploaded, is a header and one row per line, each a
 * prompt, as far as these tests ask.
 */
public final class NoFiles implements BatchFiles {
  private final List<Path> kept = new CopyOnWriteArrayList<>();
  private volatile long roomTaken;
  private volatile Optional<Format> uploadedAs = Optional.empty();

  /** Files that an upload left behind. */
  public List<Path> left() {
    return kept.stream().filter(Files::exists).toList();
  }

  /** Bytes of all files that lay where the last upload did, when its rows began to be read. */
  public long roomTaken() {
    return roomTaken;
  }

  /** What the last upload was taken for. */
  public Optional<Format> uploadedAs() {
    return uploadedAs;
  }

  private static BatonException disabled() {
    return new BatonException(ErrorCode.FILES_DISABLED, "no files are served");
  }

  @Override
  public BatchInput open(String path) {
    throw disabled();
  }

  @Override
  public BatchInput uploaded(Path file, Format format) {
    kept.add(file);
    roomTaken = sizes(file);
    uploadedAs = Optional.of(format);
    BatchInput rows = inline(read(file), format);
    return new BatchInput() {
      @Override
      public Rows rows() {
        return rows.rows();
      }

      @Override
      public void close() {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BatchInput inline(String text, Format format) {
    int head = format == Format.CSV ? 1 : 0;
    return BatchInput.of(text.lines().skip(head).map(line -> NewTask.of(Prompt.of(line))).toList());
  }

  private static long sizes(Path file) {
    try (Stream<Path> beside = Files.list(requireNonNull(file.getParent()))) {
      return beside.mapToLong(one -> one.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BatchOutput create(String path, String input, boolean overwrite) {
    throw disabled();
  }

  @Override
  public void checkOutput(String path, String input, boolean overwrite) {
    throw disabled();
  }
}
