package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import dev.baton.app.Node;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A provider that says the key, or the prompt, in every place where it can: nothing of it gets into
 * the database (which holds tasks, attempts, events, pauses and messages of webhooks), into a log
 * at any level, into metrics, into a webhook, or into any answer.
 */
final class ProviderCanariesTest {
  /** What every word of the provider holds; the key does, too. */
  private static final String CANARY = "cnry7f3";

  private static final String OK = "HTTP/1.1 200 %s";
  private static final List<String> PATHS =
      List.of(
          "/metrics",
          "/status",
          "/readyz",
          "/healthz",
          "/api/v1/metrics",
          "/api/v1/models",
          "/api/v1/tasks",
          "/api/v1/status",
          "/api/v1/executions");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The heads of answers: of a refusal, of a stream, and of what is no HTTP. */
  private static final List<String> HEADS =
      List.of(
          "HTTP/1.1 400 %s",
          "HTTP/1.1 403 %s", "HTTP/1.1 409 %s", "HTTP/1.1 429 %s", "HTTP/1.1 500 %s", OK);

  private static final String HEADERS =
      String.join(
          "\r\n",
          "",
          "Retry-After: %1$s",
          "x-request-id: %1$s",
          "x-ratelimit-reset-requests: %1$s",
          "X-%1$s: %1$s",
          "Set-Cookie: %1$s=%1$s",
          "Location: http://%1$s/",
          "WWW-Authenticate: %1$s realm=%1$s",
          "Content-Type: %2$s",
          "Content-Length: %3$d",
          "",
          "");

  private static final List<String> BODIES =
      List.of(
          "{\"error\":{\"code\":\"%1$s\",\"type\":\"%1$s\",\"status\":\"%1$s\",\"message\":\"%1$s\","
              + "\"param\":\"%1$s\",\"metadata\":{\"raw\":\"%1$s\",\"%1$s\":\"%1$s\"}}}",
          "{\"error\":\"%1$s\",\"code\":\"%1$s\",\"error_type\":\"%1$s\"}",
          "[{\"error\":{\"code\":\"%1$s\",\"details\":[{\"reason\":\"%1$s\",\"retryDelay\":\"%1$s\"}]}}]",
          "{\"%1$s\":\"%1$s\",\"id\":\"bad id %1$s\"}",
          "{\"choices\":[{\"message\":{\"content\":\"half\"},\"finish_reason\":\"%1$s\"}]}",
          "{\"choices\":[{\"message\":{\"content\":\"half\"},\"error\":{\"code\":\"%1$s\"}}]}",
          "<html><title>%1$s</title><body>%1$s</body></html>",
          "%1$s {not json");

  private static final List<String> STREAMS =
      List.of(
          "event: %1$s\ndata: {\"error\":{\"code\":\"%1$s\",\"message\":\"%1$s\"}}\n\n",
          "event: error\ndata: %1$s\n\n",
          "error: {\"code\":\"%1$s\"}\n\n",
          "data: %1$s\n\n",
          "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"%1$s\"}]}\n\n");

  /** No HTTP, each in a way that a library likes to quote. */
  private static final List<String> NO_HTTP =
      List.of(
          "%1$s 200 OK\r\n\r\n",
          "HTTP/1.1 %1$s OK\r\n\r\n",
          "HTTP/%1$s 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\n%1$s\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: %1$s\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: %1$s\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%1$s\r\n");

  @TempDir private Path directory;
  private final List<String> answers = answers();
  private final Memory memory = new Memory();
  private final List<String> hooks = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private ServerSocket provider;
  private HttpServer receiver;
  private @Nullable Node node;

  /** Keeps all that is logged. */
  private static final class Memory extends AppenderBase<ILoggingEvent> {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + trace);
    }
  }

  private static List<String> answers() {
    List<String> answers = new ArrayList<>();
    for (String head : HEADS) {
      BODIES.forEach(body -> answers.add(answer(head, "application/json", body)));
    }
    STREAMS.forEach(body -> answers.add(answer(OK, "text/event-stream", body)));
    NO_HTTP.forEach(bytes -> answers.add(bytes.formatted(CANARY)));
    return answers;
  }

  private static String answer(String head, String type, String body) {
    String said = body.formatted(CANARY);
    return head.formatted(CANARY)
        + HEADERS.formatted(CANARY, type, said.getBytes(UTF_8).length)
        + said;
  }

  @BeforeEach
  void start() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    memory.start();
    root.addAppender(memory);
    root.setLevel(Level.TRACE);
    ((Logger) LoggerFactory.getLogger("dev.baton")).setLevel(Level.TRACE);
    provider = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread serving = new Thread(this::serve, "provider");
    serving.setDaemon(true);
    serving.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          hooks.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    node = Served.node(directory, Map.of("KEY", "key-" + CANARY), config());
  }

  /** A provider and a model for each answer, so that none is left alone for what another said. */
  private String config() {
    StringBuilder providers = new StringBuilder();
    for (int i = 0; i < answers.size(); i++) {
      providers.append(
          """
            - name: p%1$d
              type: openai
              base_url: http://127.0.0.1:%2$d/%1$d
              api_keys: ["${KEY}"]
              models: [m%1$d]
          """
              .formatted(i, provider.getLocalPort()));
    }
    return """
        server:
          port: 0
        store:
          url: %s
          durability: process-crash
        outbound:
          allow: [127.0.0.1]
          allow_http: true
        webhooks:
          - name: ours
            url: http://127.0.0.1:%d/hook
            events: [task.failed, system.alert]
            secret: your-webhook-secret
        providers:
        """
            .formatted(directory.resolve("test.db"), receiver.getAddress().getPort())
        + providers;
  }

  @AfterEach
  void stop() throws IOException {
    close();
    provider.close();
    receiver.stop(0);
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender(memory);
    root.setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("dev.baton")).setLevel(Level.INFO);
  }

  private void close() {
    if (node != null) {
      node.close();
      node = null;
    }
  }

  /** Answers each call with the answer that its path names, and closes. */
  private void serve() {
    while (!provider.isClosed()) {
      try (Socket connection = provider.accept()) {
        String request = request(connection.getInputStream());
        int named = Integer.parseInt(request.substring(6, request.indexOf('/', 6)));
        connection.getOutputStream().write(answers.get(named).getBytes(UTF_8));
        connection.getOutputStream().flush();
      } catch (IOException e) {
        // The client went, or the test is over.
      }
    }
  }

  /** The head of a request, and its body. */
  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.append((char) next);
    }
    String lines = head.toString().toLowerCase(Locale.ROOT);
    int at = lines.indexOf("content-length:") + "content-length:".length();
    in.readNBytes(Integer.parseInt(lines.substring(at, lines.indexOf("\r\n", at)).strip()));
    return head.toString();
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(requireNonNull(node).url().resolve(path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private String submit(int model) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(requireNonNull(node).url().resolve("/api/v1/tasks"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"id\":\"t%1$d\",\"prompt\":\"p\",\"model\":\"m%1$d\",\"maxAttempts\":1}"
                        .formatted(model)))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return "t" + model;
  }

  @Test
  void whatAProviderSays_getsNowhere() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      ids.add(submit(i));
    }
    StringBuilder told = new StringBuilder();
    for (String id : ids) {
      String task =
          await()
              .atMost(PATIENCE)
              .until(() -> get("/getTask?taskId=" + id), view -> !view.contains("\"history\":[]"));
      told.append(task).append(get("/getResponse?taskId=" + id)).append(get("/api/v1/tasks/" + id));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> String.join("", hooks), all -> all.contains("task.failed"));
    for (String path : PATHS) {
      told.append(get(path));
    }
    close();

    assertThat(told.toString()).contains("BAD_REQUEST", "AUTH", "UPSTREAM_INVALID");
    assertThat(told.toString().toLowerCase(Locale.ROOT)).doesNotContain(CANARY);
    assertThat(String.join("\n", hooks).toLowerCase(Locale.ROOT)).doesNotContain(CANARY);
    assertThat(memory.lines).isNotEmpty();
    assertThat(memory.lines).noneMatch(line -> line.toLowerCase(Locale.ROOT).contains(CANARY));
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1).toLowerCase(Locale.ROOT);
        assertThat(bytes.contains(CANARY)).as(file.toString()).isFalse();
      }
    }
  }
}
