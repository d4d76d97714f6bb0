package dev.baton.core.rows;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 strictly. All characters before the first byte that is not UTF-8 are handed out
 * before the read that fails, so that who counts lines knows on which one it stands. Not
 * thread-safe.
 */
public final class Utf8Reader extends Reader {
  private static final int BUFFER = 1 << 13;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
  private final CharBuffer chars = CharBuffer.allocate(BUFFER).flip();
  private boolean begun;
  private boolean ended;

  public Utf8Reader(InputStream in) {
    this.in = requireNonNull(in, "in");
  }

  /** The text is in another encoding; the message says which, where that can be told. */
  static final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;
    private final String message;

    NotUtf8Exception(String message) {
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message;
    }
  }

  @Override
  public int read(char[] buffer, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, ended);
      chars.flip();
      if (!chars.hasRemaining()) {
        if (result.isError()) {
          throw notUtf8(bytes.get(bytes.position()) & 0xFF);
        }
        if (ended) {
          return -1;
        }
        fill();
      }
    }
    int count = Math.min(length, chars.remaining());
    chars.get(buffer, from, count);
    return count;
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
    if (!begun) {
      begun = true;
      checkNotUtf16();
    }
  }

  /** A byte order mark of UTF-16, or ASCII of which every other byte is zero. */
  private void checkNotUtf16() throws NotUtf8Exception {
    int count = bytes.remaining();
    int first = count > 0 ? bytes.get(0) & 0xFF : -1;
    int second = count > 1 ? bytes.get(1) & 0xFF : -1;
    boolean marked = (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF);
    boolean halfEmpty =
        count > 3
            && ((first != 0 && second == 0 && bytes.get(2) != 0 && bytes.get(3) == 0)
                || (first == 0 && second != 0 && bytes.get(2) == 0 && bytes.get(3) != 0));
    if (marked || halfEmpty) {
      String name = first == 0xFF || second == 0 ? "UTF-16LE" : "UTF-16BE";
      throw new NotUtf8Exception(
          "the text is not UTF-8 but %s; convert it, as by iconv -f %s -t UTF-8 IN > OUT"
              .formatted(name, marked ? "UTF-16" : name));
    }
  }

  private static NotUtf8Exception notUtf8(int unit) {
    return new NotUtf8Exception(
        ("the text is not UTF-8 (byte 0x%02X); if a spreadsheet or a program on Windows saved it, it"
                + " is Windows-1252: save it as UTF-8, or convert it, as by"
                + " iconv -f WINDOWS-1252 -t UTF-8 IN > OUT")
            .formatted(unit));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
