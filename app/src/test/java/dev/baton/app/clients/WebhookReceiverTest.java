package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.app.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server tells a receiver of a task, and the receiver of our own pages believes it. */
final class WebhookReceiverTest {
  private static final Path PAGE = Path.of("../docs/operating/webhooks.md");

  private static final String LIBRARY_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @TempDir private Path directory;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private Node node;

  private record Received(Map<String, String> headers, String body) {}

  @BeforeEach
  void start() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/hook", this::receive);
    receiver.start();
    node =
        Served.node(
            directory,
            Map.of("HOOK_SECRET", "your-webhook-secret"),
            """
            server:
              port: 0
            store:
              url: %s
              durability: process-crash
            executor:
              enabled: false
            outbound:
              allow: [127.0.0.1]
              allow_http: true
            webhooks:
              - name: ours
                url: http://127.0.0.1:%s/hook
                events: [task.failed]
                secret: ${HOOK_SECRET}
            """
                .formatted(directory.resolve("test.db"), receiver.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    node.close();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    received.add(new Received(headers, body));
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void post(String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.url().resolve("/api/v1" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void message_isBelievedByTheReceiverOfOurPages_andNoOtherIs() throws Exception {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    post(
        "/webhooks",
        """
        {"url": "%s", "events": ["task.created"], "secret": "your-webhook-secret"}
        """
            .formatted(url));
    post("/tasks", "{\"id\": \"task-001\", \"prompt\": \"Say é\"}");
    await().atMost(30, TimeUnit.SECONDS).until(() -> !received.isEmpty());

    Received message = received.get(0);
    assertThat(message.body()).contains("\"type\":\"task.created\"", "\"id\":\"task-001\"");
    assertThat(judge(message.headers(), message.body())).isEqualTo("true");
    assertThat(judge(message.headers(), message.body() + " ")).isEqualTo("false");
    Map<String, String> old = new TreeMap<>(message.headers());
    old.put("webhook-timestamp", "1700000000");
    assertThat(judge(old, message.body())).isEqualTo("false");
  }

  @Test
  void webhookOfTheConfiguration_isToldFromTheStartOn() throws Exception {
    post("/tasks", "{\"id\": \"task-003\", \"prompt\": \"Say é\"}");
    HttpRequest cancel =
        HttpRequest.newBuilder(node.url().resolve("/api/v1/tasks/task-003")).DELETE().build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(cancel, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    await().atMost(30, TimeUnit.SECONDS).until(() -> !received.isEmpty());

    Received message = received.get(0);
    assertThat(message.body()).contains("\"type\":\"task.failed\"", "\"id\":\"task-003\"");
    assertThat(judge(message.headers(), message.body())).isEqualTo("true");
  }

  /** The library is asked to verify what came, and what came with a byte more. */
  @Test
  void message_isVerifiedByTheLibraryOfStandardWebhooks() throws Exception {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    post(
        "/webhooks",
        """
        {"url": "%s", "events": ["task.created"], "secret": "%s"}
        """
            .formatted(url, LIBRARY_SECRET));
    post("/tasks", "{\"id\": \"task-002\", \"prompt\": \"Say é\"}");
    await().atMost(30, TimeUnit.SECONDS).until(() -> !received.isEmpty());

    Received message = received.get(0);
    Path installed = install();
    assertThat(verify(installed, message.headers(), message.body())).isEqualTo("task.created");
    assertThat(verify(installed, message.headers(), message.body() + " ")).startsWith("refused");
    Map<String, String> other = new TreeMap<>(message.headers());
    other.put("webhook-id", "msg_other");
    assertThat(verify(installed, other, message.body())).startsWith("refused");
  }

  /** Installs what the lock file names, unless it is there. */
  private static Path install() throws Exception {
    Path installed = Path.of("target/standardwebhooks");
    if (!Files.exists(installed.resolve("node_modules/.package-lock.json"))) {
      Files.createDirectories(installed);
      for (String name : List.of("package.json", "package-lock.json")) {
        Files.copy(
            Path.of("src/test/standardwebhooks", name),
            installed.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(installed.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(npm.getInputStream().readAllBytes(), UTF_8);
      assertThat(npm.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(npm.exitValue()).as(said).isZero();
    }
    return installed;
  }

  /** The type of the message that the library found good, or that it refused. */
  private static String verify(Path installed, Map<String, String> headers, String body)
      throws Exception {
    Path script = installed.resolve("verify.mjs");
    Files.writeString(
        script,
        """
        import {Webhook} from 'standardwebhooks';
        const [secret, headers, body] = process.argv.slice(2);
        try {
          console.log(new Webhook(secret).verify(body, JSON.parse(headers)).type);
        } catch (e) {
          console.log('refused: ' + e.message);
        }
        """);
    ProcessBuilder builder =
        new ProcessBuilder(
            "node",
            script.toString(),
            LIBRARY_SECRET,
            new ObjectMapper().writeValueAsString(headers),
            body);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** What the page's script says of a message. */
  private String judge(Map<String, String> headers, String body) throws Exception {
    String page = Files.readString(PAGE);
    int from = page.indexOf("```js\n") + "```js\n".length();
    Path script = directory.resolve("receiver.mjs");
    Files.writeString(
        script,
        page.substring(from, page.indexOf("```", from))
            + "\nconsole.log(isGenuine(JSON.parse(process.argv[2]), process.argv[3]));\n");
    ProcessBuilder builder =
        new ProcessBuilder(
            "node", script.toString(), new ObjectMapper().writeValueAsString(headers), body);
    builder.environment().put("WEBHOOK_SECRET", "your-webhook-secret");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }
}
