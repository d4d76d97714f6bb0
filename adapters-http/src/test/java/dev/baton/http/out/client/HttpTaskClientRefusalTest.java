package dev.baton.http.out.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of servers that refuse, fail, or are something else. */
final class HttpTaskClientRefusalTest {
  private static final TaskId TASK = new TaskId("t1");

  private HttpServer scripted;
  private volatile int status = 200;
  private volatile String body = "{}";
  private volatile String path = "";

  HttpTaskClientRefusalTest() throws IOException {
    scripted = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    scripted.createContext(
        "/",
        exchange -> {
          path = exchange.getRequestURI().getPath();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    scripted.start();
  }

  @AfterEach
  void stop() {
    scripted.stop(0);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + scripted.getAddress().getPort());
  }

  private static TaskClient client(URI base) {
    return HttpBatonClient.of(base).tasks();
  }

  private static void assertRefused(ErrorCode code, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            BatonException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({
    "400,VALIDATION_FAILED",
    "404,NOT_FOUND",
    "405,METHOD_NOT_ALLOWED",
    "408,REQUEST_TIMEOUT",
    "409,INVALID_STATE",
    "413,PAYLOAD_TOO_LARGE",
    "415,UNSUPPORTED_MEDIA_TYPE",
    "421,VALIDATION_FAILED",
    "422,VALIDATION_FAILED",
    "429,OVERLOADED",
    "500,STORE_UNAVAILABLE",
    "502,STORE_UNAVAILABLE",
    "503,STORE_UNAVAILABLE",
    "507,STORAGE_FULL"
  })
  void statusWithoutACode_isReadAsItIsMeant(int code, ErrorCode expected) {
    status = code;
    body = "{\"detail\":\"in its own words\"}";

    assertRefused(expected, "in its own words", () -> client(base()).cancel(TASK));
  }

  @Test
  void listOfErrors_tellsTheFirst() {
    status = 422;
    body = "{\"detail\":[{\"loc\":[\"body\",\"queue\"],\"msg\":\"too long\",\"type\":\"x\"}]}";

    assertRefused(
        ErrorCode.VALIDATION_FAILED, "queue: too long", () -> client(base()).cancel(TASK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{\"status\":\"purple\"}", "{}", ""})
  void answerOfSomethingElse_isToldApart(String answer) {
    body = answer;

    assertRefused(
        ErrorCode.STORE_UNAVAILABLE, "no Baton server", () -> client(base()).cancel(TASK));
  }

  @Test
  void noServer_saysHowToStartOne() {
    URI nobody = base();
    scripted.stop(0);

    assertRefused(ErrorCode.STORE_UNAVAILABLE, "baton serve", () -> client(nobody).tally());
    assertRefused(
        ErrorCode.STORE_UNAVAILABLE, "baton serve", () -> client(nobody).answers(List.of(TASK)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/base", "/base/"})
  void baseWithAPath_isKept(String base) {
    body = "{\"taskId\":\"t1\",\"status\":\"cancelled\"}";

    client(base().resolve(base)).cancel(TASK);

    assertThat(path).isEqualTo("/base/cancelTask");
  }

  @Test
  void baseWithAPathThatLeadsNowhere_saysThatThereIsNone() {
    status = 404;
    body = "{\"error\":{\"message\":\"Not Found\"}}";
    TaskClient server = client(base().resolve("/api/v1"));

    assertRefused(
        ErrorCode.VALIDATION_FAILED,
        "a server's address has no path, as " + base(),
        () -> server.cancel(TASK));
  }

  static Stream<NewTask> tasksThatCannotBeSent() {
    return Stream.of(
        NewTask.builder(Prompt.of("x")).gate(new GateId("g")).build(),
        NewTask.builder(Prompt.of("x")).idempotencyKey(new IdempotencyKey("s", "k", "f")).build(),
        NewTask.builder(Prompt.of("x")).dedupeKey(new DedupeKey("k", true)).build(),
        NewTask.builder(Prompt.of("x"))
            .retry(new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(9)))
            .build());
  }

  @ParameterizedTest
  @MethodSource("tasksThatCannotBeSent")
  void whatTheWireCannotCarry_isRefusedBeforeItIsSent(NewTask task) {
    TaskClient server = client(base());

    assertRefused(ErrorCode.VALIDATION_FAILED, "HTTP", () -> server.put(List.of(task)));
    assertThat(path).isEmpty();
  }
}
