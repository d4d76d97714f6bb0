package dev.baton.http.in.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.usecase.Counters;
import dev.baton.http.in.server.FieldErrors;
import dev.baton.http.in.server.HttpServer;
import dev.baton.http.in.server.Json;
import dev.baton.http.in.server.Reply;
import dev.baton.http.in.server.Request;
import dev.baton.http.in.server.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpsDialectTest {
  private static final String SEED_COUNTS =
      "{\"prompts_enqueued\":5,\"prompts_fetched\":4,\"responses_posted\":3,\"leases_expired\":1}";
  private static final String SCRAPER =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  private final HttpServer server = HttpServer.builder().start();
  private Readiness readiness = Readiness.READY;
  private final OpsDialect ops =
      new OpsDialect(
          new OpsSources(
              () -> Instant.parse("2026-01-15T10:30:00Z"),
              () -> new Counters.Snapshot(5, 4, 3, 2, 1),
              () -> readiness,
              server::stats));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void healthz_tellsTheTimeInUtc() {
    assertThat(body(ask("/healthz", Map.of())))
        .isEqualTo("{\"ok\":true,\"time\":\"2026-01-15T10:30:00Z\"}");
  }

  @Test
  void readyz_whenReady_is200() {
    assertThat(status(ask("/readyz", Map.of()))).isEqualTo(200);
    assertThat(body(ask("/readyz", Map.of())))
        .isEqualTo("{\"ready\":true,\"reasons\":[],\"insecure\":false}");
  }

  @Test
  void readyz_whenDrainingAndOpenToAll_saysBoth() {
    readiness = new Readiness(List.of("draining"), true);

    assertThat(status(ask("/readyz", Map.of()))).isEqualTo(503);
    assertThat(body(ask("/readyz", Map.of())))
        .isEqualTo("{\"ready\":false,\"reasons\":[\"draining\"],\"insecure\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "application/json, text/plain;q=0.9",
        "text/plain;q=0.1, */*;q=0.5",
        "text/html;q=0, application/json",
        "application/xml",
        "text/plain;q=x, */*",
        ""
      })
  void metrics_forAnyone_areTheSeedsFourKeys(String accept) {
    assertThat(body(ask("/metrics", Map.of("Accept", accept)))).isEqualTo(SEED_COUNTS);
  }

  @Test
  void metrics_withoutAccept_areTheSeedsFourKeys() {
    assertThat(body(ask("/metrics", Map.of()))).isEqualTo(SEED_COUNTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "text/plain;version=0.0.4",
        "text/plain, application/json;q=0.5",
        "application/xml, text/plain;q=0.9, */*;q=0.1"
      })
  void metrics_forWhoPrefersText_arePrometheus(String accept) {
    Reply.Bytes page = (Reply.Bytes) ask("/metrics", Map.of("Accept", accept));

    assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
    assertThat(text(page)).contains("baton_tasks_submitted_total 5.0\n");
  }

  @Test
  void metrics_forAScraper_areOpenMetrics() {
    Reply.Bytes page = (Reply.Bytes) ask("/metrics", Map.of("Accept", SCRAPER));

    assertThat(page.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(text(page)).endsWith("# EOF\n");
  }

  @Test
  void metrics_formatAndAlias_overruleAccept() {
    assertThat(body(answer("/metrics", "format=json", Map.of("Accept", "text/plain"))))
        .isEqualTo(SEED_COUNTS);
    assertThat(text((Reply.Bytes) answer("/metrics", "format=prometheus", Map.of())))
        .contains("baton_leases_expired_total 1.0\n");
    assertThat(text((Reply.Bytes) ask("/metrics/prometheus", Map.of("Accept", "application/json"))))
        .contains(
            "baton_leases_granted_total 4.0\n",
            "baton_answers_stored_total 3.0\n",
            "baton_attempts_failed_total 2.0\n",
            "baton_http_internal_errors_total 0.0\n",
            "baton_http_connections 0.0\n",
            "baton_ready 1.0\n",
            "jvm_memory_used_bytes");
    assertThatThrownBy(() -> answer("/metrics", "format=xml", Map.of()))
        .isInstanceOf(FieldErrors.class);
  }

  private Reply ask(String path, Map<String, String> headers) {
    return answer(path, "", headers);
  }

  private Reply answer(String path, String query, Map<String, String> headers) {
    Route route =
        ops.routes().stream()
            .filter(candidate -> candidate.pattern().equals(path))
            .findFirst()
            .orElseThrow();
    Request.Builder request = Request.builder("GET", path).query(query);
    headers.forEach(request::header);
    Reply reply = route.handler().handle(request.build());
    return reply instanceof Reply.Later later ? later.reply().toCompletableFuture().join() : reply;
  }

  private static int status(Reply reply) {
    return ((Reply.Json) reply).status();
  }

  private static String body(Reply reply) {
    return new String(Json.encode(((Reply.Json) reply).body()), UTF_8);
  }

  private static String text(Reply.Bytes page) {
    return UTF_8.decode(page.content().duplicate()).toString();
  }
}
