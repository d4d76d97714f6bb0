package dev.baton.http.in.transport;

import dev.baton.http.in.api.TransportRefusal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads along with everything a connection receives and holds it against the grammar of HTTP/1.1,
 * without leniency. Undertow's parser accepts what two parties may understand differently (folded
 * headers, unknown versions and transfer codings, chunk extensions), and by the time a handler sees
 * the request the difference is gone. The first fault is kept, with the number of the request it is
 * in; from there on nothing on this connection can be trusted. Confined to one I/O thread.
 */
final class WireScanner {
  static final int TARGET_MAX = 8 * 1024;
  static final int FIELDS_SIZE_MAX = 16 * 1024;
  static final int FIELDS_MAX = 64;
  private static final int CHUNK_DIGITS_MAX = 8;
  private static final String HOST = "Host: localhost\r\n";
  private static final int LINE_MAX = TARGET_MAX + 64;
  private static final byte[] HTTP = {'H', 'T', 'T', 'P', '/'};

  private enum State {
    REQUEST_LINE,
    FIELD,
    BODY,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    FAULTY
  }

  private State state = State.REQUEST_LINE;
  private byte[] line = new byte[256];
  private int lineLength;
  private int fields;
  private int fieldsSize;
  private long bodyLeft;
  private final Framing framing = new Framing();
  private int request;
  private @Nullable TransportRefusal fault;
  private String endOfHead = "";

  /** The fault, if this request or one before it is at fault; requests are counted from 0. */
  @Nullable TransportRefusal faultOf(int request) {
    return fault != null && request >= this.request ? fault : null;
  }

  /**
   * Takes the bytes of the buffer from one index to another; changes nothing in it. Returns how far
   * they are sound: to the end, or to the byte that is at fault.
   */
  int scan(ByteBuffer buffer, int from, int to) {
    int at = from;
    while (at < to) {
      if (state == State.FAULTY) {
        return to;
      }
      if (state == State.BODY || state == State.CHUNK_DATA) {
        long passed = Math.min(bodyLeft, to - at);
        at += (int) passed;
        bodyLeft -= passed;
        if (bodyLeft == 0) {
          bodyIsOver();
        }
      } else {
        take(buffer.get(at));
        if (fault != null) {
          return at;
        }
        at++;
      }
    }
    return at;
  }

  /**
   * What ends the head that was found too long, in place of the byte at fault and all that follows,
   * so that it can be parsed and refused like any other; empty for any other fault.
   */
  String endOfHead() {
    return endOfHead;
  }

  private void bodyIsOver() {
    if (state == State.BODY) {
      requestIsOver();
    } else {
      state = State.CHUNK_END;
    }
  }

  private void requestIsOver() {
    state = State.REQUEST_LINE;
    fields = 0;
    fieldsSize = 0;
    framing.reset();
    request++;
  }

  private void take(byte b) {
    if (b == '\n') {
      if (lineLength == 0 || line[lineLength - 1] != '\r') {
        fail(400, "MALFORMED_REQUEST", "a line ends without CR");
        return;
      }
      lineLength--;
      lineIsOver();
      lineLength = 0;
      return;
    }
    boolean afterCr = lineLength > 0 && line[lineLength - 1] == '\r';
    if (b == 0 || afterCr) {
      fail(400, "MALFORMED_REQUEST", "a control character in the head");
      return;
    }
    if (state == State.CHUNK_END && b != '\r') {
      fail(400, "MALFORMED_REQUEST", "a chunk is longer than its size");
      return;
    }
    if (lineLength == line.length) {
      grow();
    }
    line[lineLength] = b;
    lineLength++;
  }

  /** Past its bound a line is at fault as soon as that is known: what follows is not kept. */
  private void grow() {
    int most = state == State.REQUEST_LINE ? LINE_MAX : FIELDS_SIZE_MAX;
    if (state == State.REQUEST_LINE && lineLength >= most) {
      int space = indexOf((byte) ' ', 0);
      targetTooLong(space < 0 || indexOf((byte) ' ', space + 1) >= 0 ? "" : " HTTP/1.1\r\n");
    } else if (lineLength >= most) {
      fieldsTooLarge(indexOf((byte) ':', 0) < 0 ? ":\r\n" : "\r\n");
    } else {
      byte[] larger = new byte[Math.min(line.length * 2, most)];
      System.arraycopy(line, 0, larger, 0, lineLength);
      line = larger;
    }
    if (state == State.FAULTY) {
      lineLength = 0;
    }
  }

  private void lineIsOver() {
    switch (state) {
      case REQUEST_LINE -> requestLine();
      case FIELD -> field();
      case CHUNK_SIZE -> chunkSize();
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILER -> trailer();
      case BODY, CHUNK_DATA, FAULTY -> throw new IllegalStateException("no line in " + state);
    }
  }

  private void requestLine() {
    int first = indexOf((byte) ' ', 0);
    int last = first < 0 ? -1 : indexOf((byte) ' ', first + 1);
    if (last < 0) {
      fail(400, "MALFORMED_REQUEST", "the request line has not three parts");
      return;
    }
    if (last - first - 1 > TARGET_MAX) {
      targetTooLong("\n");
      return;
    }
    int minor = minorVersion(last + 1);
    if (minor >= 0) {
      framing.http10 = minor == 0;
      state = State.FIELD;
    }
  }

  /** Of HTTP/1.0 and HTTP/1.1; -1 and a fault for any other. */
  private int minorVersion(int from) {
    boolean named = lineLength - from == 8;
    for (int i = 0; named && i < HTTP.length; i++) {
      named = line[from + i] == HTTP[i];
    }
    int major = named ? Character.digit(line[from + 5], 10) : -1;
    int minor = named && line[from + 6] == '.' ? Character.digit(line[from + 7], 10) : -1;
    if (major < 1 || minor < 0) {
      fail(400, "MALFORMED_REQUEST", "no version of HTTP");
      return -1;
    }
    if (major > 1 || minor > 1) {
      fail(505, "HTTP_VERSION_NOT_SUPPORTED", "this server speaks HTTP/1.1");
      return -1;
    }
    return minor;
  }

  private void field() {
    if (lineLength == 0) {
      headIsOver();
      return;
    }
    if (isCountedAndSound()) {
      framing.field(line, lineLength);
      if (framing.fault != null) {
        fail(framing.fault);
      }
    }
  }

  private void trailer() {
    if (lineLength == 0) {
      requestIsOver();
      return;
    }
    // Trailers say nothing here: neither Undertow nor a handler reads them.
    isCountedAndSound();
  }

  private boolean isCountedAndSound() {
    fields++;
    fieldsSize += lineLength + 2;
    if (fields > FIELDS_MAX || fieldsSize > FIELDS_SIZE_MAX) {
      fieldsTooLarge("\n");
      return false;
    }
    if (line[0] == ' ' || line[0] == '\t') {
      fail(400, "MALFORMED_REQUEST", "a folded header line");
      return false;
    }
    return true;
  }

  private void headIsOver() {
    TransportRefusal refused = framing.conflict();
    if (refused != null) {
      fail(refused);
    } else if (framing.chunked) {
      fields = 0;
      fieldsSize = 0;
      state = State.CHUNK_SIZE;
    } else if (framing.contentLength > 0) {
      bodyLeft = framing.contentLength;
      state = State.BODY;
    } else {
      requestIsOver();
    }
  }

  private void chunkSize() {
    long size = 0;
    for (int i = 0; i < lineLength && size >= 0; i++) {
      int digit = i < CHUNK_DIGITS_MAX ? Character.digit(line[i], 16) : -1;
      size = digit < 0 ? -1 : size << 4 | digit;
    }
    if (lineLength == 0 || size < 0) {
      fail(400, "MALFORMED_REQUEST", "a chunk size is hexadecimal, without extensions");
    } else if (size == 0) {
      state = State.TRAILER;
    } else {
      bodyLeft = size;
      state = State.CHUNK_DATA;
    }
  }

  private int indexOf(byte wanted, int from) {
    for (int i = from; i < lineLength; i++) {
      if (line[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private void targetTooLong(String endOfLine) {
    endOfHead = endOfLine.isEmpty() ? "" : endOfLine + HOST + "\r\n";
    fail(414, "URI_TOO_LONG", "the request target is longer than " + TARGET_MAX + " bytes");
  }

  private void fieldsTooLarge(String endOfLine) {
    if (state == State.FIELD) {
      boolean host = framing.host || Framing.isHost(line, lineLength);
      endOfHead = endOfLine + (host ? "" : HOST) + "\r\n";
    }
    fail(
        431,
        "HEADERS_TOO_LARGE",
        "at most " + FIELDS_MAX + " headers in " + FIELDS_SIZE_MAX + " bytes");
  }

  private void fail(int status, String code, String message) {
    fail(new TransportRefusal(status, code, message));
  }

  private void fail(TransportRefusal refused) {
    fault = refused;
    state = State.FAULTY;
  }
}
