package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.app.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that somebody opens in a real browser, while Baton runs on the same machine. */
final class CrossSitePageTest {

  /** What a page can send without asking first. Its texts are no JSON by their type, but try. */
  private static final String PAGE =
      """
      <!doctype html>
      <iframe name="hidden"></iframe>
      <form id="form" method="post" target="hidden" enctype="text/plain" action="BATON/putPrompt">
        <input name='{"prompt":"form","ignored":"' value='"}'>
      </form>
      <form id="pause" method="post" target="hidden2" action="BATON/api/v1/queues/default/pause">
      </form>
      <iframe name="hidden2"></iframe>
      <script>
        const json = text => new Blob([text], {type: 'text/plain'});
        const frames = ['hidden', 'hidden2'].map(name => new Promise(loaded => {
          document.getElementsByName(name)[0].addEventListener('load', loaded);
        }));
        const simple = {method: 'POST', mode: 'no-cors'};
        const rows = new FormData();
        rows.set('name', 'from-a-page');
        rows.set('file', new Blob(['prompt\\nrow\\n'], {type: 'text/csv'}), 'rows.csv');
        navigator.sendBeacon('BATON/putPrompt', json('{"prompt":"beacon"}'));
        document.getElementById('form').submit();
        document.getElementById('pause').submit();
        Promise.allSettled([
          ...frames,
          fetch('BATON/putPrompt', {...simple, body: '{"prompt":"fetch"}'}),
          fetch('BATON/api/v1/batches', {...simple, body: rows}),
          fetch('BATON/api/v1/queues/integration/pause', simple),
          fetch('BATON/getPrompt', {mode: 'no-cors'}),
        ]).then(() => fetch('/done'));
      </script>
      """;

  @TempDir private Path directory;
  private final CountDownLatch done = new CountDownLatch(1);
  private HttpServer site;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/", this::serve);
    site.start();
    node =
        Served.node(
            directory,
            Map.of(),
            """
            server: {port: 0}
            store: {url: %s, durability: process-crash}
            executor: {enabled: false}
            cors: {allowed_origins: ['*', 'http://localhost:%d']}
            """
                .formatted(directory.resolve("test.db"), site.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    site.stop(0);
    node.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/done")) {
      done.countDown();
    }
    byte[] page = PAGE.replace("BATON/", node.url().resolve("/").toString()).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private String ask(String method, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.url().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void visit(String host) throws Exception {
    URI page = URI.create("http://" + host + ":" + site.getAddress().getPort() + "/");
    try (Browser browser = Browser.open(page, directory)) {
      assertThat(done.await(60, TimeUnit.SECONDS)).as(browser::log).isTrue();
    }
  }

  /** Its host is another site than Baton's, or the same with another port. */
  @ParameterizedTest
  @ValueSource(strings = {"site.localhost", "127.0.0.1"})
  void pageOfAnotherSite_changesNothing(String host) throws Exception {
    ask("POST", "/putPrompt", "{\"prompt\":\"from its owner\"}");

    visit(host);

    assertThat(ask("GET", "/api/v1/tasks", "")).contains("\"total\":1");
    assertThat(ask("GET", "/api/v1/batches", "")).doesNotContain("from-a-page");
    assertThat(ask("GET", "/api/v1/queues", "")).doesNotContain("\"paused\":true");
    assertThat(ask("GET", "/getPrompt", "")).contains("from its owner");
  }

  /** That the page can do what it tries, where its origin is trusted. */
  @Test
  void pageOfANamedOrigin_isHeard() throws Exception {
    visit("localhost");

    assertThat(ask("GET", "/api/v1/batches", "")).contains("from-a-page");
    assertThat(ask("GET", "/api/v1/queues", "").split("\"paused\":true", -1)).hasSize(3);
  }
}
