package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.TransportRefusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are larger than memory: when they are asked for, where they lie, and what is left. */
final class UploadTest {
  private static final int MAX = 6 << 20;
  private static final int LARGE = 5 << 20;
  private static final String EXPECTING =
      "POST /upload HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n";
  private static final String FORM = "Content-Type: multipart/form-data; boundary=x\r\n";

  @TempDir private Path spool;
  private HttpServer server;
  private InetSocketAddress address;

  /** Tells how large a form was, and who may read the file. */
  private static final class Uploads implements Dialect {
    @Override
    public String name() {
      return "uploads";
    }

    @Override
    public List<Route> routes() {
      RouteDoc doc = RouteDoc.of("upload", "For tests.").answer(200, "Always.").build();
      return List.of(
          Route.post("/upload", Permission.OPEN, Uploads::received, doc)
              .withMaxBody(100)
              .withUpload(MAX));
    }

    private static Reply received(Request request) {
      if (request.upload().isEmpty()) {
        return Reply.ok("json");
      }
      Path file = request.upload().get();
      try {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        return Reply.ok(Files.size(file) + " " + mode);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Reply refusal(BatonException refused) {
      return TransportRefusals.plain(refused);
    }
  }

  @BeforeEach
  void start() {
    server = HttpServer.builder().dialect(new Uploads()).spool(spool).start();
    address = server.address();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void expectedForm_isAskedFor_andComesWhole_intoAPrivateFile() throws IOException {
    try (RawClient client = new RawClient(address)) {
      for (int i = 0; i < 2; i++) {
        client.send(EXPECTING + FORM + "Content-Length: " + LARGE + "\r\n\r\n");
        assertThat(client.receive().status()).isEqualTo(100);
        client.send("x".repeat(LARGE));

        assertThat(client.receive().body()).isEqualTo("\"" + LARGE + " rw-------\"");
      }
    }
    await().untilAsserted(() -> assertThat(spool).isEmptyDirectory());
  }

  @Test
  void expectedFormInChunks_isAskedForOnce() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(EXPECTING + FORM + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      client.send("4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n");

      assertThat(client.receive().body()).isEqualTo("\"6 rw-------\"");
    }
  }

  @Test
  void formThatDoesNotWait_isTaken_thoughNobodyAsked() throws IOException {
    String request = EXPECTING + FORM + "Content-Length: 4\r\n\r\nabcd";

    try (RawClient client = new RawClient(address)) {
      client.send(request);
      RawClient.Answer first = client.receive();
      RawClient.Answer answer = first.status() == 100 ? client.receive() : first;

      assertThat(answer.body()).isEqualTo("\"4 rw-------\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/csv\r\n",
        "Content-Type: multipart/mixed; boundary=x\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        ""
      })
  void otherMediaType_isRefusedBeforeItsBody(String type) throws IOException {
    assertRefusedBeforeItsBody(type + "Content-Length: 50\r\n", 415);
    assertRefusedBeforeItsBody(type + "Transfer-Encoding: chunked\r\n", 415);
  }

  @Test
  void tooLargeForm_isRefusedBeforeItsBody() throws IOException {
    assertRefusedBeforeItsBody(FORM + "Content-Length: " + (MAX + 1) + "\r\n", 413);
    assertRefusedBeforeItsBody("Content-Type: application/json\r\nContent-Length: 101\r\n", 413);
  }

  private void assertRefusedBeforeItsBody(String headers, int status) throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(EXPECTING + headers + "\r\n");

      assertThat(client.receive().status()).isEqualTo(status);
      assertThat(client.isClosed()).isTrue();
    }
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void formInChunks_thatGrowsTooLarge_isRefused_andLeavesNothing() throws IOException {
    String piece = Integer.toHexString(MAX + 1) + "\r\n" + "x".repeat(MAX + 1) + "\r\n0\r\n\r\n";
    try (RawClient client = new RawClient(address)) {
      client.send(EXPECTING + FORM + "Transfer-Encoding: chunked\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      client.send(piece);

      assertThat(client.receive().status()).isEqualTo(413);
    }
    await().untilAsserted(() -> assertThat(spool).isEmptyDirectory());
  }

  @Test
  void formThatBreaksOff_leavesNothing() throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(EXPECTING + FORM + "Content-Length: " + LARGE + "\r\n\r\n");
      assertThat(client.receive().status()).isEqualTo(100);
      client.send("x".repeat(1000));
      await().untilAsserted(() -> assertThat(spool).isNotEmptyDirectory());
      client.hangUp();
    }
    await().untilAsserted(() -> assertThat(spool).isEmptyDirectory());
  }
}
