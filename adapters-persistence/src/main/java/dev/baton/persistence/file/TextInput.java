package dev.baton.persistence.file;

import dev.baton.core.domain.input.RawRow;
import dev.baton.core.domain.input.TaskInput;
import dev.baton.core.domain.input.TaskInputReader;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput;
import dev.baton.core.rows.RowReader;
import dev.baton.core.rows.Utf8Reader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;

/** Rows of a text, from its first character in every pass. */
final class TextInput implements BatchInput {
  private static final RowJson JSON = new RowJson();
  private static final TaskInputReader INPUT = new TaskInputReader(JSON);

  private final Opener opener;
  private final Format format;
  private final Closer closer;

  @FunctionalInterface
  private interface Opener {
    Reader open() throws IOException;
  }

  /** Lets go of what the text came from. */
  @FunctionalInterface
  interface Closer {
    void close() throws IOException;
  }

  private TextInput(Opener opener, Format format, Closer closer) {
    this.opener = opener;
    this.format = format;
    this.closer = closer;
  }

  static TextInput of(String text, Format format) {
    return new TextInput(() -> new StringReader(text), format, () -> {});
  }

  /** Every pass reads what was opened, whatever lies under its name by then. */
  static TextInput of(SeekableByteChannel channel, Format format, Closer closer) {
    return new TextInput(
        () -> new Utf8Reader(Channels.newInputStream(channel.position(0))), format, closer);
  }

  @Override
  public Rows rows() {
    try {
      Reader reader = opener.open();
      RowReader rows = format == Format.CSV ? RowReader.csv(reader) : RowReader.jsonl(reader, JSON);
      return () -> rows.next().map(TextInput::row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(RawRow row) {
    if (row instanceof RawRow.Broken broken) {
      return Row.broken(broken.line(), broken.problem());
    }
    TaskInput input = INPUT.row(row);
    return input
        .task()
        .map(task -> Row.of(row.line(), task.build(), input.others()))
        .orElseGet(() -> Row.broken(row.line(), input.sentence()));
  }

  @Override
  public void close() {
    try {
      closer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
