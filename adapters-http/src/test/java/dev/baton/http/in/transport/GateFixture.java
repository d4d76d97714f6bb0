package dev.baton.http.in.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A server with short patience, one for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GateFixture {
  static final String HOST = "Host: localhost\r\n";
  static final String POST = "POST /echo HTTP/1.1\r\n" + HOST;
  static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  static final String NEXT = "GET /hello HTTP/1.1\r\n" + HOST + "\r\n";

  private static final Timeouts SHORT =
      new Timeouts(
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          Duration.ofMillis(700),
          Duration.ofSeconds(2));

  final TestDialect dialect = new TestDialect();
  private final HttpServer server =
      HttpServer.builder().dialect(dialect).maxBody(4_000_000).timeouts(SHORT).start();
  final InetSocketAddress address = server.address();

  @AfterAll
  final void stop() {
    server.close();
  }
}
