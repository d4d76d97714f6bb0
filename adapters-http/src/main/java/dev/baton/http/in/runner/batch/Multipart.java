package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Utf8;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578), a part after the other, with a small buffer. A
 * part's content is a stream that ends where its boundary comes. Blocks; not thread-safe.
 */
final class Multipart {
  static final int FIELD_MAX = 64 << 10;

  private static final int HEADER_LINE_MAX = 4_096;
  private static final int HEADERS_MAX = 20;
  private static final int BUFFER = 1 << 16;
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]{1,100})\"");
  private static final Pattern FILE = Pattern.compile("[;\\s]filename=\"([^\"]{0,255})\"");

  private final BufferedInputStream in;
  private final byte[] boundary;
  private @Nullable Content current;
  private boolean over;

  /**
   * A part.
   *
   * @param fileName empty for a plain field
   */
  record Part(String name, Optional<String> fileName, InputStream content) {

    /** What is short enough to be held in memory. */
    byte[] bytes() throws IOException {
      byte[] bytes = content.readNBytes(FIELD_MAX + 1);
      if (bytes.length > FIELD_MAX) {
        throw malformed("the part " + name + " is too long");
      }
      return bytes;
    }

    /** A short text. */
    String text() throws IOException {
      byte[] bytes = bytes();
      if (!Utf8.isWellFormed(bytes)) {
        throw malformed("the part " + name + " is not UTF-8");
      }
      return new String(bytes, UTF_8);
    }
  }

  Multipart(InputStream in, String contentType) throws IOException {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      throw malformed("the content type names no boundary");
    }
    String name = found.group(1) == null ? found.group(2) : found.group(1);
    this.in = new BufferedInputStream(in, BUFFER);
    this.boundary = ("\r\n--" + name).getBytes(ISO_8859_1);
    String first = line();
    if (!first.equals("--" + name)) {
      throw malformed("the body does not begin with its boundary");
    }
  }

  /** The next part; what was not read of the one before is passed over. */
  Optional<Part> next() throws IOException {
    if (current != null) {
      current.transferTo(OutputStream.nullOutputStream());
    }
    if (over) {
      return Optional.empty();
    }
    String disposition = "";
    String header = line();
    for (int i = 0; !header.isEmpty(); i++) {
      if (i == HEADERS_MAX) {
        throw malformed("a part has too many headers");
      }
      if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        disposition = header;
      }
      header = line();
    }
    Matcher name = NAME.matcher(disposition);
    if (!name.find()) {
      throw malformed("a part has no name");
    }
    Matcher file = FILE.matcher(disposition);
    Content content = new Content();
    current = content;
    return Optional.of(
        new Part(
            name.group(1), file.find() ? Optional.of(file.group(1)) : Optional.empty(), content));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int c = in.read();
    while (c != '\n') {
      if (c < 0 || line.size() > HEADER_LINE_MAX) {
        throw malformed("the body breaks off within its headers");
      }
      line.write(c);
      c = in.read();
    }
    String text = line.toString(UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static BatonException malformed(String why) {
    return new BatonException(ErrorCode.MALFORMED_BODY, why);
  }

  /** Up to the boundary. A boundary's first character occurs in it once: no look back is needed. */
  private final class Content extends InputStream {
    private boolean ended;

    @Override
    public int read() throws IOException {
      if (ended) {
        return -1;
      }
      int c = in.read();
      if (c < 0) {
        throw malformed("the body breaks off within a part");
      }
      if (c != '\r') {
        return c;
      }
      in.mark(boundary.length + 2);
      if (in.read() == boundary[1] && isRest()) {
        end();
        return -1;
      }
      in.reset();
      return c;
    }

    private boolean isRest() throws IOException {
      for (int i = 2; i < boundary.length; i++) {
        if (in.read() != boundary[i]) {
          return false;
        }
      }
      return true;
    }

    private void end() throws IOException {
      ended = true;
      int first = in.read();
      int second = in.read();
      if (first == '-' && second == '-') {
        over = true;
      } else if (first != '\r' || second != '\n') {
        throw malformed("there is text behind a boundary");
      }
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = 0;
      while (count < length) {
        int c = read();
        if (c < 0) {
          break;
        }
        buffer[from + count] = (byte) c;
        count++;
      }
      return count == 0 ? -1 : count;
    }
  }
}
