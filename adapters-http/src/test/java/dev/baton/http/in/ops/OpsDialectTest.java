package dev.baton.http.in.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.usecase.task.Counters;
import dev.baton.core.usecase.webhook.WebhookDeliveries;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.transport.HttpServer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
  private static final GaugeValues.Queue QUEUE =
      new GaugeValues.Queue(1, 2, 3, Duration.ofMillis(1_500), Duration.ZERO);

  private GaugeValues values = GaugeValues.NONE;
  private final OpsDialect ops =
      new OpsDialect(
          new OpsSources(
              () -> Instant.parse("2026-01-15T10:30:00Z"),
              () -> new Counters.Snapshot(5, 4, 3, 2, 1),
              () -> readiness,
              server::stats,
              () -> CompletableFuture.completedFuture(values)));

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
        .isEqualTo("{\"ready\":true,\"reasons\":[],\"insecure\":false,\"clockAheadSeconds\":0}");
  }

  @Test
  void readyz_whenDrainingAndOpenToAll_saysBoth() {
    readiness = new Readiness(List.of("draining"), true, 0);

    assertThat(status(ask("/readyz", Map.of()))).isEqualTo(503);
    assertThat(body(ask("/readyz", Map.of())))
        .isEqualTo(
            "{\"ready\":false,\"reasons\":[\"draining\"],\"insecure\":true,\"clockAheadSeconds\":0}");
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

  @Test
  void depths_areShownByStateOutcomeAndModel() {
    values =
        new GaugeValues(
            Optional.of(
                new GaugeValues.Stored(
                    Map.of(BatchState.RUNNING, 2L),
                    7,
                    Map.of(new QueueName("q"), QUEUE.plus(QUEUE)))),
            Optional.of(new WebhookDeliveries.Counts(5, 1, 3)),
            Map.of(new ModelName("gpt-4"), 3, new ModelName("a/b"), 0));

    String page = prometheus();

    assertThat(page)
        .contains(
            "baton_batches{state=\"running\"} 2.0\n",
            "baton_batches{state=\"failed\"} 0.0\n",
            "baton_queue_tasks{queue=\"q\",state=\"held\"} 2.0\n",
            "baton_queue_tasks{queue=\"q\",state=\"ready\"} 4.0\n",
            "baton_queue_tasks{queue=\"q\",state=\"leased\"} 6.0\n",
            "baton_queue_oldest_age_seconds{queue=\"q\",state=\"ready\"} 1.5\n",
            "baton_queue_oldest_age_seconds{queue=\"q\",state=\"leased\"} 0.0\n",
            "baton_webhook_deliveries_pending 7.0\n",
            "baton_webhook_deliveries_total{outcome=\"delivered\"} 5.0\n",
            "baton_webhook_deliveries_total{outcome=\"failed\"} 1.0\n",
            "baton_webhook_retries_total 3.0\n",
            "baton_executor_active_calls{model=\"gpt-4\"} 3.0\n",
            "baton_executor_active_calls{model=\"a/b\"} 0.0\n");
  }

  @Test
  void depths_thatCannotBeTold_areLeftOut_andComeBack() {
    values = new GaugeValues(Optional.empty(), Optional.empty(), Map.of(new ModelName("m"), 1));
    assertThat(prometheus()).doesNotContain("baton_batches{", "baton_webhook_deliveries_pending ");
    values =
        new GaugeValues(
            Optional.of(new GaugeValues.Stored(Map.of(), 0, Map.of())), Optional.empty(), Map.of());

    assertThat(prometheus())
        .contains(
            "baton_batches{state=\"running\"} 0.0\n", "baton_webhook_deliveries_pending 0.0\n")
        .doesNotContain("baton_executor_active_calls{");
  }

  /** What promtool's linter asks of a page, as far as it is ours. */
  @Test
  void everyFamily_isDescribedOnce_beforeItsSamples_underAConventionalName() {
    values =
        new GaugeValues(
            Optional.of(new GaugeValues.Stored(Map.of(), 0, Map.of())),
            Optional.of(new WebhookDeliveries.Counts(0, 0, 0)),
            Map.of(new ModelName("m"), 1));
    Map<String, String> types = new LinkedHashMap<>();
    Set<String> helped = new HashSet<>();
    for (String line : prometheus().lines().toList()) {
      List<String> words = Splitter.on(' ').limit(4).splitToList(line);
      if (line.startsWith("# HELP ")) {
        assertThat(helped.add(words.get(2))).as(line).isTrue();
        assertThat(words.get(3)).as(line).isNotBlank();
      } else if (line.startsWith("# TYPE ")) {
        assertThat(types.put(words.get(2), words.get(3))).as(line).isNull();
      } else {
        assertThat(line).matches("[a-z_][a-z0-9_]*(\\{[^}]*})? -?[0-9.eE+-]+");
        String name = line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
        assertThat(helped).as(line).contains(name);
        assertThat(types).as(line).containsKey(name);
        assertThat(name.endsWith("_total")).as(line).isEqualTo("counter".equals(types.get(name)));
      }
    }
    assertThat(types).containsKeys("baton_batches", "baton_executor_active_calls");
  }

  private String prometheus() {
    return text((Reply.Bytes) ask("/metrics/prometheus", Map.of()));
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
    Request.Builder request = Request.builder("GET", path, TenantId.DEFAULT).query(query);
    headers.forEach(request::header);
    Reply reply = route.handler().handle(request.build());
    return settled(reply);
  }

  private static Reply settled(Reply reply) {
    return reply instanceof Reply.Later later
        ? settled(later.reply().toCompletableFuture().join())
        : reply;
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
