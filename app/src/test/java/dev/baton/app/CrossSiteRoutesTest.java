package dev.baton.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigLoader;
import dev.baton.core.Baton;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.in.transport.ServerStats;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.persistence.sqlite.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of other sites change nothing, through whichever route, of today or of tomorrow. */
final class CrossSiteRoutesTest {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** As browsers send them with a form, a beacon or a simple fetch, and some that are older. */
  private static final List<String> FOREIGN =
      List.of(
          "Sec-Fetch-Site: cross-site\r\nOrigin: https://evil.example\r\n",
          "Sec-Fetch-Site: same-site\r\nOrigin: http://localhost:3000\r\n",
          "Sec-Fetch-Site: cross-site\r\nOrigin: null\r\n",
          "Origin: https://evil.example\r\n",
          "Origin: null\r\n");

  @TempDir private Path directory;
  private UpstreamClient upstream;
  private SqliteStore store;
  private Baton baton;
  private HttpServer server;
  private List<Route> routes;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws Exception {
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, "server: {port: 0}\ncors: {allowed_origins: ['*']}\n");
    Config config = new ConfigLoader(Map.of()).load(file);
    Wiring wiring = new Wiring(config);
    upstream = wiring.upstream();
    store = wiring.openStore(directory.resolve("baton.db"), broken -> {});
    baton = wiring.baton(store, upstream);
    server = wiring.listen(baton, () -> Readiness.READY, NodeStatus.UNKNOWN::storage);
    routes =
        wiring.dialects(baton, () -> Readiness.READY, ServerStats::new, NodeStatus.UNKNOWN).stream()
            .map(Dialect::routes)
            .flatMap(List::stream)
            .toList();
  }

  @AfterEach
  void stop() {
    server.close();
    baton.close();
    store.close();
    upstream.close();
  }

  /** Announces a body that it does not send: the answer comes before. */
  private Answer ask(Route route, String headers, int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(
                  route.method(), route.pattern().replaceAll("\\{\\w+}", "x"), headers, length);
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return new Answer(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }

  @Test
  void everyRouteThatMayChangeSomething_refusesOtherSites_inItsOwnForm() throws IOException {
    List<Route> unsafe = routes.stream().filter(route -> !SAFE.contains(route.method())).toList();
    assertThat(unsafe).hasSizeGreaterThan(30);
    for (Route route : unsafe) {
      for (String headers : FOREIGN) {
        Answer answer = ask(route, headers, 100);

        String what = route.method() + " " + route.pattern() + " " + headers;
        assertThat(answer.status()).as(what).isEqualTo(403);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        JsonNode code =
            route.pattern().startsWith("/api/v1") ? body.at("/error/code") : body.at("/code");
        assertThat(code.asText()).as(what).isEqualTo("ORIGIN_NOT_ALLOWED");
      }
    }
  }

  /** Its GET leases; who is named may read what others ask for, and may not take prompts. */
  @Test
  void getPrompt_isNotForOtherSites_whoeverIsNamed() throws IOException {
    Route lease =
        routes.stream()
            .filter(route -> route.pattern().equals("/getPrompt"))
            .findFirst()
            .orElseThrow();
    for (String headers : FOREIGN) {
      assertThat(ask(lease, headers, 0).status()).as(headers).isEqualTo(405);
    }
    assertThat(ask(lease, "Sec-Fetch-Site: same-origin\r\n", 0).status()).isEqualTo(204);
    assertThat(ask(lease, "Origin: http://localhost\r\n", 0).status()).isEqualTo(204);
    assertThat(ask(lease, "", 0).status()).isEqualTo(204);
  }

  @Test
  void theSameRoutes_areOpenToTheServersOwnPages() throws IOException {
    for (Route route : routes) {
      if (!SAFE.contains(route.method())) {
        String own = "Sec-Fetch-Site: same-origin\r\nOrigin: http://localhost\r\n";

        assertThat(ask(route, own, 0).body())
            .as(route.method() + " " + route.pattern())
            .doesNotContain("ORIGIN_NOT_ALLOWED");
      }
    }
  }
}
