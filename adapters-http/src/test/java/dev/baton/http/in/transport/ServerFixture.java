package dev.baton.http.in.transport;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** A server of its own for each test. */
abstract class ServerFixture {
  static final String HOST = "Host: localhost\r\n";

  final TestDialect dialect = new TestDialect();
  final HttpServer server =
      HttpServer.builder().dialect(dialect).cors(new Cors(Set.of("https://good.example"))).start();

  @AfterEach
  final void stop() {
    server.close();
  }

  final RawClient.Answer get(String target) throws IOException {
    return get(target, "");
  }

  final RawClient.Answer get(String target, String headers) throws IOException {
    return ask("GET", target, headers);
  }

  final RawClient.Answer ask(String method, String target, String headers) throws IOException {
    return RawClient.ask(
        server.address(), method + " " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n");
  }
}
