package dev.baton.core.testing;

import com.google.common.base.Splitter;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files in memory, each line a prompt, after {@code @name} and a space if the row has a name, which
 * is its id and its idempotency key. A path with {@code ..} in it leads out of the root.
 */
public final class MemoryBatchFiles implements BatchFiles {
  /** What is there, by path. */
  public final Map<String, String> texts = new ConcurrentHashMap<>();

  @Override
  public BatchInput open(String path) {
    checkPath(path);
    String text = texts.get(path);
    if (text == null) {
      throw new BatonException(ErrorCode.FILE_NOT_FOUND, "there is no such file");
    }
    return inline(text, Format.CSV);
  }

  private static void checkPath(String path) {
    if (path.contains("..")) {
      throw new BatonException(
          ErrorCode.PATH_NOT_ALLOWED,
          "a path has to lie below files.root, and to lead through no link");
    }
  }

  @Override
  public BatchInput inline(String text, Format format) {
    return BatchInput.of(
        Splitter.on('\n')
            .omitEmptyStrings()
            .splitToStream(text)
            .map(MemoryBatchFiles::row)
            .toList());
  }

  private static NewTask row(String line) {
    if (!line.startsWith("@")) {
      return NewTask.of(Prompt.of(line));
    }
    int space = line.indexOf(' ');
    String name = line.substring(1, space);
    return NewTask.of(Prompt.of(line.substring(space + 1)))
        .withId(Optional.of(new TaskId(name)))
        .withIdempotencyKey(new IdempotencyKey("rows", name, ""));
  }

  /** CSV has one column, prompt; no row of it is empty. */
  @Override
  public BatchInput uploaded(Path file, Format format) {
    try {
      List<String> lines = Files.readAllLines(file);
      if (format == Format.JSONL) {
        return inline(String.join("\n", lines), format);
      }
      if (lines.isEmpty() || !lines.get(0).equals("prompt")) {
        return broken(1, "the header row names no prompt");
      }
      int empty = lines.indexOf("\"\"");
      return empty >= 0
          ? broken(empty + 1, "there is no prompt")
          : inline(String.join("\n", lines.subList(1, lines.size())), format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BatchInput broken(long line, String problem) {
    return new BatchInput() {
      @Override
      public Rows rows() {
        Iterator<Row> only = List.of(Row.broken(line, problem)).iterator();
        return () -> only.hasNext() ? Optional.of(only.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public BatchOutput create(String path, String input, boolean overwrite) {
    checkOutput(path, input, overwrite);
    StringBuilder text = new StringBuilder();
    return new BatchOutput() {
      @Override
      public void write(String more) {
        text.append(more);
      }

      @Override
      public void commit() {
        texts.put(path, text.toString());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void checkOutput(String path, String input, boolean overwrite) {
    checkPath(path);
    if (path.equals(input)) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "the output is the input");
    }
    if (!overwrite && texts.containsKey(path)) {
      throw new BatonException(ErrorCode.FILE_EXISTS, "there is such a file");
    }
  }
}
