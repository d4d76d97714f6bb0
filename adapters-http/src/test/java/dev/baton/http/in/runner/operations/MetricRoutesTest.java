package dev.baton.http.in.runner.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.Baton;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Usage;
import dev.baton.http.in.api.Instants;
import dev.baton.http.in.runner.Answer;
import dev.baton.http.in.runner.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures, status and what operators ask for. */
final class MetricRoutesTest {
  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private void submit(String id, String model) {
    runner.post("/tasks", "{\"id\":\"" + id + "\",\"prompt\":\"p\",\"model\":\"" + model + "\"}");
  }

  private void answer(Duration after) {
    LeasedTask leased = runner.lease();
    runner.clock.advance(after);
    runner.complete(
        leased, new Completion("a", Optional.of(new Usage(10, 5, 15)), Optional.empty()));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void systemMetrics_haveTheSeedsShape_andCount() {
    submit("a", "m");
    answer(Duration.ofSeconds(2));
    submit("b", "m");
    answer(Duration.ofSeconds(3));
    submit("c", "m");
    runner.post("/tasks/c/cancel");
    submit("d", "m");
    submit("e", "m");
    runner.lease();

    JsonNode data = runner.get("/metrics").data();

    assertThat(data.path("tasks"))
        .isEqualTo(
            Answer.parse("{\"total\":5,\"completed\":2,\"failed\":1,\"pending\":1,\"running\":1}"));
    assertThat(data.at("/performance/averageExecutionTime").asDouble()).isEqualTo(2.5);
    assertThat(data.at("/performance/successRate").asDouble()).isCloseTo(0.667, within(0.001));
    assertThat(data.at("/performance/throughput").asDouble()).isEqualTo(0.05);
    assertThat(names(data.path("system")))
        .containsExactly("cpuUsage", "memoryUsage", "activeConnections");
  }

  @Test
  void taskMetrics_areByPeriodStatusAndModel() {
    submit("a", "m");
    answer(Duration.ofSeconds(2));
    submit("b", "n");
    answer(Duration.ofSeconds(4));
    submit("c", "n");
    runner.post("/tasks/c/cancel");

    JsonNode all = runner.get("/metrics/tasks?period=hour").data();
    JsonNode one = runner.get("/metrics/tasks?period=hour&model=n").data();
    JsonNode failed = runner.get("/metrics/tasks?period=hour&status=failed").data();

    assertThat(names(all))
        .containsExactly("period", "from", "to", "totals", "byStatus", "byModel", "series");
    assertThat(all.at("/totals/completed").asInt()).isEqualTo(2);
    assertThat(all.at("/totals/failed").asInt()).isEqualTo(1);
    assertThat(all.at("/totals/tokens").asInt()).isEqualTo(30);
    assertThat(all.at("/totals/avgSeconds").asDouble()).isEqualTo(3);
    assertThat(all.path("byModel").findValuesAsText("model")).containsExactly("m", "n");
    assertThat(all.path("series")).hasSize(12);
    assertThat(names(all.at("/series/0")))
        .containsExactly("t", "completed", "failed", "avgSeconds", "p95Seconds", "tokens", "cost");
    assertThat(one.at("/totals/completed").asInt()).isEqualTo(1);
    assertThat(one.at("/totals/avgSeconds").asDouble()).isEqualTo(4);
    assertThat(failed.at("/totals/completed").asInt()).isZero();
    assertThat(failed.at("/totals/failed").asInt()).isEqualTo(1);
    assertThat(names(failed.path("byStatus"))).containsExactly("failed");
  }

  @ParameterizedTest
  @CsvSource({"hour,12", "day,24", "week,28", "month,30"})
  void series_coversThePeriod_andWhatIsOlderIsLeftOut(String period, int points) {
    submit("old", "m");
    answer(Duration.ofSeconds(1));
    runner.clock.advance(Duration.ofDays(40));
    submit("new", "m");
    answer(Duration.ofSeconds(1));

    JsonNode data = runner.get("/metrics/tasks?period=" + period).data();

    assertThat(data.path("series")).hasSize(points);
    assertThat(data.at("/totals/completed").asInt()).isEqualTo(1);
    assertThat(data.path("series").path(points - 1).path("completed").asInt()).isEqualTo(1);
  }

  @Test
  void status_hasTheSeedsShape_andTheFactsOfTheStore() {
    submit("a", "m");
    runner.clock.advance(Duration.ofSeconds(7));

    JsonNode data = runner.get("/status").data();

    assertThat(data.path("status").asText()).isEqualTo("healthy");
    assertThat(names(data))
        .startsWith("status", "version", "uptime", "services", "lastHealthCheck");
    assertThat(names(data.path("services")))
        .containsExactly("database", "openai", "scheduler", "executor", "webhooks");
    assertThat(data.at("/storage/queueAgeSeconds").asDouble()).isEqualTo(7);
    assertThat(data.at("/storage/durability").asText()).isEqualTo("process-crash");
  }

  @ParameterizedTest
  @CsvSource({"database", "openai", "scheduler", "executor", "webhooks"})
  void service_isDescribed(String service) {
    JsonNode data = runner.get("/status/services/" + service).data();

    assertThat(names(data)).containsExactly("service", "status", "details");
    assertThat(data.path("status").asText()).isEqualTo("healthy");
  }

  @Test
  void databaseAndProviders_giveTheDetailsThatAreNamed() {
    JsonNode database = runner.get("/status/services/database").data().path("details");
    JsonNode openai = runner.get("/status/services/openai").data().path("details");

    assertThat(names(database)).startsWith("connectionCount", "queryTime", "lastError");
    assertThat(openai.path("configured").asBoolean(true)).isFalse();
  }

  @Test
  void webhooks_tellHowSendingGoes_andAreDegradedWhenItIsLate() {
    runner.post("/webhooks", "{\"url\":\"https://a.example/\",\"events\":[\"task.created\"]}");
    String off =
        runner
            .post("/webhooks", "{\"url\":\"https://b.example/\",\"events\":[\"task.failed\"]}")
            .data("id");
    runner.patch("/webhooks/" + off, "{\"enabled\":false}");
    submit("a", "m");
    // Written down as the server does, but nobody is there to send it.
    Baton.await(runner.baton.webhooks().orElseThrow().mailing().fanOut());
    runner.clock.advance(Duration.ofSeconds(60));

    JsonNode well = runner.get("/status/services/webhooks").data();
    runner.clock.advance(Duration.ofSeconds(1));
    JsonNode late = runner.get("/status/services/webhooks").data();

    assertThat(names(well.path("details")))
        .containsExactly(
            "configured", "enabled", "disabled", "pending", "lateSeconds", "lastError");
    assertThat(well.at("/details/enabled").asInt()).isEqualTo(1);
    assertThat(well.at("/details/disabled").asInt()).isEqualTo(1);
    assertThat(well.at("/details/pending").asInt()).isEqualTo(1);
    assertThat(well.at("/details/lateSeconds").asDouble()).isEqualTo(60);
    assertThat(well.path("status").asText()).isEqualTo("healthy");
    assertThat(late.path("status").asText()).isEqualTo("degraded");
    assertThat(runner.get("/status").data("status")).isEqualTo("degraded");
  }

  @Test
  void status_whenTheStoreIsDown_is503() {
    runner.baton.close();

    Answer answer = runner.get("/status");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void queues_arePausedAndResumed() {
    submit("a", "m");

    assertThat(runner.post("/queues/default/pause").data().path("paused").asBoolean()).isTrue();
    JsonNode queue = runner.get("/queues").data().path("queues").path(0);
    assertThat(queue.path("name").asText()).isEqualTo("default");
    assertThat(queue.path("ready").asInt()).isEqualTo(1);
    assertThat(queue.path("paused").asBoolean()).isTrue();
    assertThat(runner.get("/tasks/a").data().at("/waiting/reason").asText())
        .isEqualTo("queue_paused");

    runner.post("/queues/default/resume");

    assertThat(runner.lease().row().id().value()).isEqualTo("a");
  }

  @Test
  void workers_showWhoHoldsWhatSinceWhen() {
    submit("a", "m");
    runner.lease();

    JsonNode worker = runner.get("/workers").data().path("workers").path(0);

    assertThat(worker.path("worker").asText()).isEqualTo("w1");
    assertThat(worker.at("/tasks/0/taskId").asText()).isEqualTo("a");
    assertThat(worker.at("/tasks/0/since").asText())
        .isEqualTo(Instants.text(runner.clock.instant()));
    assertThat(worker.at("/tasks/0/until").asText())
        .isEqualTo(Instants.text(runner.clock.instant().plusSeconds(60)));
  }

  @Test
  void models_areListedWithTheirPauses() {
    assertThat(names(runner.get("/models").data())).containsExactly("models", "anyModel", "paused");
  }
}
