package dev.baton.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Texts;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** JSON Lines: one object a line; empty lines are passed over. */
final class JsonlRows implements RowSource {
  private static final int LINE_MAX = 4 * 1024 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private int number;
  private long line;

  private JsonlRows(InputStream in) {
    this.in = in;
  }

  static JsonlRows open(Path file) throws IOException {
    return new JsonlRows(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  @Override
  public Optional<Row> next() throws IOException {
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Read read = readLine(bytes);
      if (read == Read.END) {
        return Optional.empty();
      }
      line++;
      Optional<String> text = Texts.decode(bytes.toByteArray()).map(this::withoutMark);
      if (read == Read.LINE && text.isPresent() && text.get().isBlank()) {
        continue;
      }
      number++;
      if (read == Read.TOO_LONG) {
        return Optional.of(Row.bad(number, line, "the line is longer than " + LINE_MAX + " bytes"));
      }
      return Optional.of(
          text.map(this::row).orElseGet(() -> Row.bad(number, line, "the line is not UTF-8")));
    }
  }

  private Row row(String text) {
    try {
      return Row.good(number, line, Items.of(Jsons.read(text)));
    } catch (JsonProcessingException e) {
      return Row.bad(number, line, "no JSON: " + e.getOriginalMessage());
    } catch (Items.BadRowException e) {
      return Row.bad(number, line, String.valueOf(e.getMessage()));
    }
  }

  /** Some programs put a byte order mark before the first line. */
  private String withoutMark(String text) {
    return line == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private enum Read {
    LINE,
    TOO_LONG,
    END
  }

  private Read readLine(ByteArrayOutputStream bytes) throws IOException {
    int length = 0;
    int next;
    while ((next = in.read()) != '\n' && next >= 0) {
      length = Math.min(length + 1, LINE_MAX + 1);
      if (length <= LINE_MAX) {
        bytes.write(next);
      }
    }
    if (next < 0 && length == 0) {
      return Read.END;
    }
    return length > LINE_MAX ? Read.TOO_LONG : Read.LINE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
