package dev.baton.persistence.file;

import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Rows of a text, from its first character in every pass; a byte order mark is passed over. */
final class TextInput implements BatchInput {
  private static final char MARK = '\uFEFF';

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
    return new TextInput(() -> utf8(Channels.newInputStream(channel.position(0))), format, closer);
  }

  private static Reader utf8(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  @Override
  public Rows rows() {
    try {
      PushbackReader reader = new PushbackReader(opener.open(), 1);
      return RowReaders.of(new Unmarked(reader), format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes over a mark at the beginning; late, so that a broken first character is a row's. */
  private static final class Unmarked extends Reader {
    private final PushbackReader reader;
    private boolean begun;

    Unmarked(PushbackReader reader) {
      this.reader = reader;
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      if (!begun) {
        begun = true;
        int first = reader.read();
        if (first >= 0 && first != MARK) {
          reader.unread(first);
        }
      }
      return reader.read(buffer, from, length);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
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
