package dev.baton.app.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with the heap that the documents state, and texts that fill it. */
final class HeapProcessTest {
  private static final int MIB = 1 << 20;
  private static final int TASKS = 81;
  private static final int LENGTH = MIB - 1_024;
  private static final int WORKERS = 10;
  private static final String MANY = "/getPrompt?max=1000&leaseSeconds=3600";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path directory;

  private static URI uri(InetSocketAddress server, String target) {
    return URI.create("http://127.0.0.1:" + server.getPort() + target);
  }

  private CompletableFuture<HttpResponse<String>> get(InetSocketAddress server, String target) {
    return http.sendAsync(
        HttpRequest.newBuilder(uri(server, target)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(InetSocketAddress server, String target, String json)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(server, target))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int put(InetSocketAddress server, String id, String prompt) throws Exception {
    String json = "{\"taskId\":\"%s\",\"prompt\":\"%s\"}".formatted(id, prompt);
    return post(server, "/putPrompt", json).statusCode();
  }

  private void putAll(InetSocketAddress server) throws Exception {
    String prompt = "x".repeat(LENGTH);
    for (int i = 0; i < TASKS; i++) {
      assertThat(put(server, "t" + i, prompt)).isEqualTo(200);
    }
  }

  /** The tasks of a reply, each with its attempt. */
  private static Map<String, Integer> prompts(HttpResponse<String> reply) throws IOException {
    Map<String, Integer> tasks = new HashMap<>();
    if (reply.statusCode() == 200) {
      for (JsonNode prompt : JSON.readTree(reply.body()).path("prompts")) {
        tasks.put(prompt.path("taskId").asText(), prompt.path("attempt").asInt());
      }
    }
    return tasks;
  }

  @Test
  void workersThatAskForAllAtOnce_getEachPromptOnce_andNothingIsLost() throws Exception {
    try (ServerProcess process = ServerProcess.serve(directory.resolve("baton.db"))) {
      InetSocketAddress server = process.address();
      putAll(server);
      Map<String, Integer> taken = new HashMap<>();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
                for (int i = 0; i < WORKERS; i++) {
                  asked.add(get(server, MANY));
                }
                for (CompletableFuture<HttpResponse<String>> reply : asked) {
                  assertThat(reply.join().statusCode()).isIn(200, 204, 503);
                  taken.putAll(prompts(reply.join()));
                }
                return taken.size() == TASKS;
              });

      assertThat(taken.values()).containsOnly(1);
      assertThat(process.said()).doesNotContain("OutOfMemory");
    }
  }

  @Test
  void workersThatHangUp_leaveTheirPromptsToTheNext() throws Exception {
    try (ServerProcess process = ServerProcess.serve(directory.resolve("baton.db"))) {
      InetSocketAddress server = process.address();
      putAll(server);
      for (int i = 0; i < WORKERS; i++) {
        hangUp(server);
      }
      Map<String, Integer> taken = new HashMap<>();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                HttpResponse<String> reply = get(server, MANY).join();
                assertThat(reply.statusCode()).isIn(200, 204, 503);
                taken.putAll(prompts(reply));
                return taken.size() == TASKS;
              });

      assertThat(taken.values()).containsOnly(1);
    }
  }

  private static void hangUp(InetSocketAddress server) throws IOException {
    try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(("GET " + MANY + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(UTF_8));
      out.flush();
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
  }

  private int batch(InetSocketAddress server, String rows) throws Exception {
    return post(server, "/api/v1/batches", "{\"name\":\"b\"," + rows + "}").statusCode();
  }

  private static String csv(int lines) {
    String line = "\\n" + "y".repeat(MIB - 64);
    return "\"csv\":\"prompt" + line.repeat(lines) + "\"";
  }

  @Test
  void bodyOfTheStatedMaximum_passes_whenItIsAlone() throws Exception {
    String row = "{\"prompt\":\"" + "y".repeat(MIB - 64) + "\"}";
    String rows = "\"tasks\":[" + String.join(",", nCopies(31, row)) + "]";
    try (ServerProcess process = ServerProcess.serve(directory.resolve("baton.db"))) {
      InetSocketAddress server = process.address();

      assertThat(batch(server, rows)).isEqualTo(201);
      assertThat(batch(server, csv(15))).isEqualTo(201);
      assertThat(batch(server, csv(31))).isEqualTo(413);
      assertThat(batch(server, rows)).isEqualTo(201);
      assertThat(process.said()).doesNotContain("OutOfMemory");
    }
  }

  @Test
  void answersOfTheStatedMaximum_areTakenAndRead_byManyAtOnce() throws Exception {
    String answer = "z".repeat(16 * MIB - 64);
    try (ServerProcess process = ServerProcess.serve(directory.resolve("baton.db"))) {
      InetSocketAddress server = process.address();
      assertThat(put(server, "t", "p")).isEqualTo(200);
      String body = "{\"taskId\":\"t\",\"content\":\"" + answer + "\"}";
      assertThat(post(server, "/postResponse", body).statusCode()).isEqualTo(200);

      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        asked.add(get(server, "/getResponse?taskId=t"));
      }
      for (CompletableFuture<HttpResponse<String>> reply : asked) {
        assertThat(reply.join().statusCode()).isIn(200, 503);
      }
      HttpResponse<String> alone = get(server, "/getResponse?taskId=t").join();
      assertThat(JSON.readTree(alone.body()).path("content").asText()).isEqualTo(answer);
    }
  }
}
