package dev.baton.http.out.upstream;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.primitives.Ints;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 answer from a connection that carries no other. Strict about what frames the
 * body, because what is not understood there is not an answer. For one thread.
 */
final class ReplyReader {
  private static final int HEAD_MAX = 64 * 1024;
  private static final int FIELDS_MAX = 200;
  private static final int INTERIM_MAX = 8;
  private static final int CHUNK_LINE_MAX = 256;
  private static final int SWITCHING = 101;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
  private static final Pattern FIELD =
      Pattern.compile("([A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}):[ \\t]*(.*?)[ \\t]*");

  private final InputStream in;
  private int headLeft;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  record Head(int status, UpstreamHeaders headers) {}

  /** The final head; interim ones are passed over. */
  Head head() throws IOException {
    for (int i = 0; i < INTERIM_MAX; i++) {
      headLeft = HEAD_MAX;
      Matcher line = STATUS.matcher(line(HEAD_MAX));
      if (!line.matches()) {
        throw UpstreamException.invalid("the answer is not HTTP/1.1");
      }
      int status = Integer.parseInt(line.group(1));
      UpstreamHeaders headers = fields();
      if (status >= 200) {
        return new Head(status, headers);
      }
      if (status == SWITCHING) {
        break;
      }
    }
    throw UpstreamException.invalid("the answer does not begin");
  }

  private UpstreamHeaders fields() throws IOException {
    ImmutableListMultimap.Builder<String, String> fields = ImmutableListMultimap.builder();
    for (int i = 0; i <= FIELDS_MAX; i++) {
      String line = line(HEAD_MAX);
      if (line.isEmpty()) {
        return new UpstreamHeaders(fields.build());
      }
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw UpstreamException.invalid("a header of the answer is malformed");
      }
      fields.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2));
    }
    throw UpstreamException.invalid("the answer has too many headers");
  }

  /** The bytes of the body, to their end. */
  InputStream body(String method, Head head) throws IOException {
    UpstreamHeaders headers = head.headers();
    for (String encoding : headers.all("content-encoding")) {
      if (!encoding.equalsIgnoreCase("identity")) {
        throw UpstreamException.invalid("the answer is compressed, which was not asked for");
      }
    }
    if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
      return InputStream.nullInputStream();
    }
    List<String> codings = headers.all("transfer-encoding");
    List<String> lengths = headers.all("content-length");
    if (!codings.isEmpty()) {
      if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
        throw UpstreamException.invalid("the length of the answer is unclear");
      }
      return new Chunked();
    }
    return lengths.isEmpty() ? in : new Sized(length(lengths));
  }

  private static long length(List<String> lengths) throws IOException {
    String first = lengths.get(0);
    if (!first.matches("[0-9]{1,18}") || !lengths.stream().allMatch(first::equals)) {
      throw UpstreamException.invalid("the length of the answer is unclear");
    }
    return Long.parseLong(first);
  }

  /** Up to the line feed, with or without a carriage return before it. */
  private String line(int max) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw UpstreamException.invalid("the connection closed within the answer's head");
      }
      headLeft--;
      if (headLeft < 0 || line.length() > max) {
        throw UpstreamException.invalid("the answer's head is too large");
      }
      if (c == '\n') {
        int end = line.length();
        line.setLength(end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
        return line.toString();
      }
      line.append((char) c);
    }
  }

  /** A body of a known length. */
  private final class Sized extends InputStream {
    private long left;

    Sized(long length) {
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = in.read(bytes, from, (int) Math.min(left, length));
      if (n < 0) {
        throw UpstreamException.invalid("the answer broke off");
      }
      left -= n;
      return n;
    }
  }

  /** A body in chunks. */
  private final class Chunked extends InputStream {
    private long left;
    private boolean begun;
    private boolean over;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0 && !over) {
        next();
      }
      if (over) {
        return -1;
      }
      int n = in.read(bytes, from, (int) Math.min(left, length));
      if (n < 0) {
        throw UpstreamException.invalid("the answer broke off");
      }
      left -= n;
      return n;
    }

    private void next() throws IOException {
      headLeft = HEAD_MAX;
      if (begun && !line(CHUNK_LINE_MAX).isEmpty()) {
        throw UpstreamException.invalid("a chunk of the answer is longer than it says");
      }
      begun = true;
      String size = line(CHUNK_LINE_MAX).replaceFirst("[ \\t]*(;.*)?$", "");
      Integer length = hex(size);
      if (length == null || length < 0) {
        throw UpstreamException.invalid("a chunk of the answer has no length");
      }
      left = length;
      if (length == 0) {
        over = true;
        fields();
      }
    }

    private @Nullable Integer hex(String digits) {
      return digits.matches("[0-9A-Fa-f]{1,8}") ? Ints.tryParse(digits, 16) : null;
    }
  }
}
