package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.baton.http.in.api.TransportRefusal;
import org.jspecify.annotations.Nullable;

/**
 * What the header says of where the body ends, and whether it names a host. Confined to its {@link
 * WireScanner}.
 */
final class Framing {
  private static final byte[] CONTENT_LENGTH = lowerCase("content-length");
  private static final byte[] TRANSFER_ENCODING = lowerCase("transfer-encoding");
  private static final byte[] CHUNKED = lowerCase("chunked");
  private static final byte[] HOST = lowerCase("host");
  private static final int LENGTH_DIGITS_MAX = 18;

  boolean http10;
  boolean chunked;
  boolean host;
  long contentLength = -1;
  @Nullable TransportRefusal fault;

  void reset() {
    http10 = false;
    chunked = false;
    host = false;
    contentLength = -1;
  }

  void field(byte[] line, int length) {
    if (startsWith(line, length, CONTENT_LENGTH)) {
      contentLength(line, length);
    } else if (startsWith(line, length, TRANSFER_ENCODING)) {
      transferEncoding(line, length);
    } else {
      host |= isHost(line, length);
    }
  }

  static boolean isHost(byte[] line, int length) {
    return startsWith(line, length, HOST);
  }

  /** What is wrong with the header as a whole. */
  @Nullable TransportRefusal conflict() {
    return chunked && (contentLength >= 0 || http10)
        ? malformed("the header says twice, or too early in history, where the body ends")
        : null;
  }

  private void contentLength(byte[] line, int length) {
    int from = valueStart(line, length, CONTENT_LENGTH.length);
    int to = valueEnd(line, length);
    long value = 0;
    for (int i = from; i < to && value >= 0; i++) {
      boolean digit = line[i] >= '0' && line[i] <= '9';
      value = digit ? value * 10 + (line[i] - '0') : -1;
    }
    boolean sound = to > from && to - from <= LENGTH_DIGITS_MAX && value >= 0;
    if (!sound || contentLength >= 0) {
      fault = malformed("one content length, in digits");
    }
    contentLength = value;
  }

  private void transferEncoding(byte[] line, int length) {
    int from = valueStart(line, length, TRANSFER_ENCODING.length);
    int to = valueEnd(line, length);
    if (chunked) {
      fault = malformed("one transfer encoding");
    } else if (to - from != CHUNKED.length || !matches(line, from, CHUNKED)) {
      fault =
          new TransportRefusal(
              501, "TRANSFER_ENCODING_NOT_IMPLEMENTED", "the one transfer encoding is chunked");
    }
    chunked = true;
  }

  /** Names are compared up to the colon, so that a blank before it does not hide one. */
  private static boolean startsWith(byte[] line, int length, byte[] name) {
    return length > name.length
        && (line[name.length] == ':' || line[name.length] == ' ' || line[name.length] == '\t')
        && matches(line, 0, name);
  }

  private static boolean matches(byte[] line, int from, byte[] wanted) {
    for (int i = 0; i < wanted.length; i++) {
      byte b = line[from + i];
      if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static int valueStart(byte[] line, int length, int nameLength) {
    int from = nameLength + 1;
    while (from < length && (line[from] == ' ' || line[from] == '\t')) {
      from++;
    }
    return from;
  }

  private static int valueEnd(byte[] line, int length) {
    int to = length;
    while (to > 0 && (line[to - 1] == ' ' || line[to - 1] == '\t')) {
      to--;
    }
    return to;
  }

  private static TransportRefusal malformed(String message) {
    return new TransportRefusal(400, "MALFORMED_REQUEST", message);
  }

  private static byte[] lowerCase(String name) {
    return name.getBytes(US_ASCII);
  }
}
