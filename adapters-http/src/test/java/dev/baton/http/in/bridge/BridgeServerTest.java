package dev.baton.http.in.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.testing.InMemoryStore;
import dev.baton.http.in.transport.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialect through the server and real sockets: what only shows when many ask at once. */
final class BridgeServerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Bridge bridge = new Bridge(new InMemoryStore(), BridgeSettings.DEFAULT);
  private HttpServer server;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.builder().dialect(bridge.dialect).start();
    base = URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  @AfterEach
  void stop() {
    server.close();
    bridge.close();
  }

  @Test
  void promptToAnswer_overSockets() throws Exception {
    HttpResponse<String> put =
        post("/putPrompt", "{\"prompt\":\"Why é 😀?\",\"taskId\":\"t1\",\"meta\":{\"k\" :1}}")
            .get();
    HttpResponse<String> got = get("/getPrompt?leaseSeconds=60").get();
    HttpResponse<String> posted =
        post("/postResponse", "{\"taskId\":\"t1\",\"content\":\"Because.\"}").get();
    HttpResponse<String> repeated =
        post("/postResponse", "{\"taskId\":\"t1\",\"content\":\"Because.\"}").get();

    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(put.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(got.body())
        .startsWith(
            "{\"taskId\":\"t1\",\"prompt\":\"Why é 😀?\",\"meta\":{\"k\" :1},\"dedupeKey\":");
    assertThat(got.headers().firstValue("X-Lease-Id")).contains("t1~1");
    assertThat(posted.body()).isEqualTo("{\"ok\":true,\"version\":\"v1\"}");
    assertThat(repeated.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(get("/getResponse?taskId=t1").get().body()).contains("\"content\":\"Because.\"");
    assertThat(server.stats().internalErrors()).isZero();
  }

  @Test
  void emptyQueue_is204WithoutBodyAndType() throws Exception {
    HttpResponse<String> response = get("/getPrompt").get();

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/getPrompt,GET",
    "HEAD,/getPrompt,GET",
    "GET,/putPrompt,POST",
    "DELETE,/postResponse,POST"
  })
  void wrongMethod_is405AndLeasesNothing(String method, String path, String allowed)
      throws Exception {
    bridge.put("t1");

    HttpResponse<String> response =
        client.send(
            request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow").orElse("")).contains(allowed);
    assertThat(bridge.status("t1")).isEqualTo("ready");
  }

  @Test
  void refusals_lookAsFastApisDo() throws Exception {
    assertThat(post("/putPrompt", "{\"prompt\":\" \"}").get().statusCode()).isEqualTo(400);
    assertThat(post("/putPrompt", "{\"prompt\":").get().statusCode()).isEqualTo(422);
    assertThat(post("/putPrompt", "{}").get().body()).startsWith("{\"detail\":[{\"loc\":");
    assertThat(get("/nowhere").get().body()).isEqualTo("{\"detail\":\"Not Found\"}");
    assertThat(post("/postResponse", "{\"taskId\":\"x\",\"content\":\"\"}").get().body())
        .isEqualTo("{\"detail\":\"Unknown taskId\"}");
    assertThat(server.stats().internalErrors()).isZero();
  }

  @Test
  void manyPutsUnderOneKey_areOneTaskAndEqualAnswers() {
    List<CompletableFuture<HttpResponse<String>>> puts =
        IntStream.range(0, 50)
            .mapToObj(i -> post("/putPrompt", "{\"prompt\":\"p" + i + "\",\"dedupeKey\":\"k\"}"))
            .toList();

    List<HttpResponse<String>> answers = puts.stream().map(CompletableFuture::join).toList();

    assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
    assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.headers().firstValue("Idempotent-Replayed").isEmpty())
        .hasSize(1);
    assertThat(bridge.tasks()).isEqualTo(1);
  }

  @Test
  void manyLongPollsAndOneTask_areOneGrant() {
    List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      polls.add(get("/getPrompt?leaseSeconds=3600&waitSeconds=300"));
    }
    awaitWaiters(1_000);

    post("/putPrompt", "{\"prompt\":\"a\"}").join();
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> polls.stream().filter(CompletableFuture::isDone).count() == 1);
    bridge.advance(Duration.ofMinutes(5));

    List<Integer> statuses = polls.stream().map(poll -> poll.join().statusCode()).sorted().toList();
    assertThat(statuses.get(0)).isEqualTo(200);
    assertThat(statuses.subList(1, 1_000)).containsOnly(204);
    assertThat(bridge.baton.insight().counters().leased()).isEqualTo(1);
  }

  @Test
  void clientThatLeavesItsLongPoll_takesNoTask() throws Exception {
    leaveALongPoll();
    awaitWaiters(0);

    bridge.put("t1");
    HttpResponse<String> next = get("/getPrompt").get();

    assertThat(next.body()).contains("\"taskId\":\"t1\"");
    assertThat(next.headers().firstValue("X-Attempt")).contains("1");
    assertThat(server.stats().internalErrors()).isZero();
  }

  private void leaveALongPoll() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          Bridge.utf8(
              "GET /getPrompt?waitSeconds=300 HTTP/1.1\r\nHost: 127.0.0.1:"
                  + server.address().getPort()
                  + "\r\n\r\n"));
      out.flush();
      awaitWaiters(1);
    }
  }

  private void awaitWaiters(int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> bridge.baton.leasing().waiting() == count);
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String json) {
    return client.sendAsync(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> get(String target) {
    return client.sendAsync(request(target).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(base.resolve(target)).timeout(LIMIT.multipliedBy(3));
  }
}
