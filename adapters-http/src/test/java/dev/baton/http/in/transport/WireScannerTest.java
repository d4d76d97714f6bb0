package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WireScannerTest {
  private static final String GET = "GET /a HTTP/1.1\r\nHost: b\r\n\r\n";
  private static final String LENGTH =
      "POST /a HTTP/1.1\r\nCONTENT-LENGTH:  12 \r\nHost: b\r\n\r\nGET / \n\r\n\0zz";
  private static final String CHUNKED_HEAD =
      "POST /a HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n";
  private static final String CHUNKED =
      CHUNKED_HEAD
          + "00C\r\nGET / \n\r\n\0zz\r\n1\r\n0\r\n0\r\nX-Trailer: Content-Length: 5\r\n\r\n";

  static Stream<Arguments> streams() {
    return Stream.of(
        Arguments.of(GET, -1),
        Arguments.of(GET + LENGTH + CHUNKED + GET, -1),
        Arguments.of(CHUNKED + CHUNKED + LENGTH + GET, -1),
        Arguments.of(GET + "GET /a HTTP/2.0\r\n\r\n", 1),
        Arguments.of(LENGTH + CHUNKED + "GET /a HTTP/1.1\r\n A: b\r\n\r\n", 2),
        Arguments.of(LENGTH + "x\r\n\r\n", 1),
        Arguments.of(CHUNKED.replace("00C", "0D"), 0),
        Arguments.of(CHUNKED.replace("00C", "0C;a"), 0),
        Arguments.of(CHUNKED.replace("00C", "123456789"), 0),
        Arguments.of(CHUNKED.replace("X-Trailer", " X-Trailer"), 0),
        Arguments.of(GET + LENGTH.replace("12", "12, 12"), 1),
        Arguments.of("GET " + "/a".repeat(5_000) + " HTTP/1.1\r\n\r\n", 0),
        Arguments.of("GET /" + "a".repeat(1_000_000), 0),
        Arguments.of(GET + "GET /a HTTP/1.1\r\nX: " + "a".repeat(1_000_000), 1),
        Arguments.of("GET /a HTTP/1.1\r\n" + "A: b\r\n".repeat(65), 0),
        Arguments.of("\r\n" + GET, 0));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void fault_isInTheSameRequest_howeverTheBytesArrive(String stream, int faulty) {
    byte[] bytes = stream.getBytes(ISO_8859_1);
    Random random = new Random(faulty);

    assertThat(firstFaulty(scanned(bytes, bytes.length))).isEqualTo(faulty);
    assertThat(firstFaulty(scanned(bytes, 1))).isEqualTo(faulty);
    for (int i = 0; i < 20; i++) {
      assertThat(firstFaulty(scanned(bytes, 1 + random.nextInt(50)))).isEqualTo(faulty);
    }
  }

  @Test
  void anyBytesAtAll_areScannedWithoutFailing() {
    Random random = new Random(42);
    String alphabet = "GET POST/ HTTP1.0:\r\n\r\n\t\0Content-LengthTransfer-Encodingchunked;,a0 ";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder stream = new StringBuilder(random.nextBoolean() ? GET : CHUNKED);
      for (int j = random.nextInt(40); j > 0; j--) {
        int at = random.nextInt(stream.length());
        stream.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] bytes = (stream + GET).getBytes(ISO_8859_1);

      assertThat(firstFaulty(scanned(bytes, 7))).isEqualTo(firstFaulty(scanned(bytes, 1_000)));
    }
  }

  private static WireScanner scanned(byte[] bytes, int step) {
    WireScanner scanner = new WireScanner();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    for (int from = 0; from < bytes.length; from += step) {
      scanner.scan(buffer, from, Math.min(bytes.length, from + step));
    }
    return scanner;
  }

  /** The number of the first request that is refused; -1 if none of the first 20 is. */
  private static int firstFaulty(WireScanner scanner) {
    for (int request = 0; request < 20; request++) {
      if (scanner.faultOf(request) != null) {
        return request;
      }
    }
    return -1;
  }
}
