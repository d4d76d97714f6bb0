package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.schedule.Cron;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.usecase.schedule.Schedules;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /scheduled-tasks}: seed 2's examples, and what is refused. It is 2025-01-15T10:30:00Z. */
final class SchedulesTest {
  private static final String PATH = "/scheduled-tasks";
  private static final String EXAMPLE =
      """
      {
        "name": "Daily Report Generator",
        "schedule": "0 9 * * *",
        "inputFile": "/path/to/tasks.csv",
        "outputFile": "/path/to/results.csv",
        "isDryRun": false,
        "config": {"model": "gpt-4", "temperature": 0.7, "maxRetries": 3}
      }
      """;

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private String created(String json) {
    Answer answer = runner.post(PATH, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return PATH + "/" + answer.data("id");
  }

  private static String with(String schedule, String more) {
    return "{\"name\":\"n\",\"schedule\":\"%s\",\"inputFile\":\"in.csv\"%s}"
        .formatted(schedule, more);
  }

  private void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  private void assertNothingStored() {
    assertThat(runner.get(PATH).data().at("/pagination/total").asInt()).isZero();
    assertThat(runner.changes()).isZero();
  }

  @Test
  void create_ofTheDocument_answersAsItShows() {
    Answer answer = runner.post(PATH, EXAMPLE);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("success").asBoolean()).isTrue();
    JsonNode data = answer.data();
    assertThat(data.fieldNames())
        .toIterable()
        .containsExactly("id", "name", "schedule", "isActive", "createdAt", "nextRun");
    assertThat(data.path("id").asText()).startsWith("sched-");
    assertThat(data.path("name").asText()).isEqualTo("Daily Report Generator");
    assertThat(data.path("schedule").asText()).isEqualTo("0 9 * * *");
    assertThat(data.path("isActive").asBoolean()).isTrue();
    assertThat(data.path("createdAt").asText()).isEqualTo("2025-01-15T10:30:00.000Z");
    assertThat(data.path("nextRun").asText()).isEqualTo("2025-01-16T09:00:00.000Z");
  }

  @Test
  void list_filtersByActivity_andByAPartOfTheName() {
    created(EXAMPLE);
    String other = created(with("@weekly", ",\"isActive\":false"));

    assertThat(names(runner.get(PATH))).containsExactly("n", "Daily Report Generator");
    assertThat(names(runner.get(PATH + "?isActive=true")))
        .containsExactly("Daily Report Generator");
    assertThat(names(runner.get(PATH + "?isActive=false"))).containsExactly("n");
    assertThat(names(runner.get(PATH + "?name=report"))).containsExactly("Daily Report Generator");
    assertThat(names(runner.get(PATH + "?name=%25"))).isEmpty();
    assertThat(names(runner.get(PATH + "?limit=1&page=2")))
        .containsExactly("Daily Report Generator");
    assertThat(runner.get(other).data().path("nextRun").isNull()).isTrue();
  }

  private static List<String> names(Answer answer) {
    return answer.data().path("tasks").findValuesAsText("name");
  }

  @Test
  void change_ofTheDocument_isDone() {
    String path = created(EXAMPLE);

    Answer answer =
        runner.patch(
            path,
            "{\"name\":\"Updated Task Name\",\"schedule\":\"0 12 * * *\",\"isActive\":false}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data("name")).isEqualTo("Updated Task Name");
    assertThat(answer.data("schedule")).isEqualTo("0 12 * * *");
    assertThat(answer.data().path("isActive").asBoolean()).isFalse();
    assertThat(answer.data("outputFile")).isEqualTo("/path/to/results.csv");
    assertThat(answer.data().at("/config/maxRetries").asInt()).isEqualTo(3);

    Answer more = runner.patch(path, "{\"outputFile\":null,\"config\":{\"maxRetries\":5}}");
    assertThat(more.data().path("outputFile").isNull()).isTrue();
    assertThat(more.data().at("/config/maxRetries").asInt()).isEqualTo(5);
    assertThat(more.data().at("/config/model").asText()).isEqualTo("gpt-4");
    assertRefused(runner.patch(path, "{\"id\":\"x\"}"), 400, "IMMUTABLE_FIELD");
    assertRefused(runner.patch(path, "{\"schedule\":\"x\"}"), 400, "INVALID_CRON_EXPRESSION");
  }

  @Test
  void enableAndDisable_answerAsTheDocumentShows_alsoTwice() {
    String path = created(EXAMPLE);

    for (int i = 0; i < 2; i++) {
      Answer disabled = runner.post(path + "/disable");
      assertThat(disabled.status()).isEqualTo(200);
      assertThat(disabled.data().path("isActive").asBoolean()).isFalse();
      assertThat(disabled.json().path("message").asText()).isEqualTo("Scheduled task disabled");
    }
    for (int i = 0; i < 2; i++) {
      Answer enabled = runner.post(path + "/enable");
      assertThat(enabled.status()).isEqualTo(200);
      assertThat(enabled.data().path("isActive").asBoolean()).isTrue();
      assertThat(enabled.json().path("message").asText()).isEqualTo("Scheduled task enabled");
    }
  }

  @Test
  void unknown_isNotFound_whateverIsAsked() {
    for (String call : List.of("/enable", "/disable", "/run", "/dry-run")) {
      assertRefused(runner.post(PATH + "/nobody" + call), 404, "SCHEDULED_TASK_NOT_FOUND");
    }
    assertRefused(runner.get(PATH + "/nobody"), 404, "SCHEDULED_TASK_NOT_FOUND");
    assertRefused(runner.get(PATH + "/nobody/runs"), 404, "SCHEDULED_TASK_NOT_FOUND");
    assertRefused(runner.delete(PATH + "/nobody"), 404, "SCHEDULED_TASK_NOT_FOUND");
    assertRefused(runner.patch(PATH + "/nobody", "{}"), 404, "SCHEDULED_TASK_NOT_FOUND");
    assertRefused(runner.get(PATH + "/no body"), 404, "SCHEDULED_TASK_NOT_FOUND");
  }

  @Test
  void run_isRecorded_withItsCounts() {
    runner.files.texts.put("in.csv", "one\ntwo\n");
    String path = created(with("@yearly", ",\"outputFile\":\"out.jsonl\""));

    Answer asked = runner.post(path + "/run");
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.data("status")).isEqualTo("pending");
    runner.baton.scheduler().runOnce();
    runner.complete(runner.lease(), Completion.of("first"));
    runner.complete(runner.lease(), Completion.of("second"));
    runner.baton.scheduler().runOnce();

    JsonNode run = runner.get(path + "/runs").data().at("/runs/0");
    assertThat(run.path("status").asText()).isEqualTo("succeeded");
    assertThat(run.path("completed").asInt()).isEqualTo(2);
    assertThat(runner.files.texts.get("out.jsonl")).contains("\"first\"", "\"second\"");
    assertThat(runner.get(path + "/runs/" + run.path("id").asText()).data()).isEqualTo(run);
    assertRefused(runner.get(path + "/runs/run-99"), 404, "NOT_FOUND");
    assertRefused(runner.get(path + "/runs/run-01"), 404, "NOT_FOUND");
    assertRefused(runner.get(created(EXAMPLE) + "/runs/run-1"), 404, "NOT_FOUND");
    assertThat(runner.get(path).data("lastRun")).isEqualTo("2025-01-15T10:30:00.000Z");
    assertThat(runner.delete(path).status()).isEqualTo(200);
    assertRefused(runner.get(path), 404, "SCHEDULED_TASK_NOT_FOUND");
  }

  @Test
  void batchOfARun_isMadeByNobodyElse() {
    Answer refused = runner.post("/batches", "{\"id\":\"schedule-run-1\",\"csv\":\"a\"}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.pointer()).isEqualTo("/id");
  }

  @Test
  void list_hasTheMembersOfTheDocument() {
    created(EXAMPLE);

    JsonNode line = runner.get(PATH).data().at("/tasks/0");

    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly("id", "name", "schedule", "isActive", "lastRun", "nextRun");
    assertThat(line.path("lastRun").isNull()).isTrue();
  }

  @Test
  void status_tellsWhatIsNext_andWhenTheSchedulerIsLate() {
    created(with("*/10 * * * *", ""));
    created(with("@yearly", ",\"isActive\":false"));
    String service = "/status/services/scheduler";

    JsonNode well = runner.get(service).data();
    runner.clock.advance(Duration.ofMinutes(12));
    JsonNode late = runner.get(service).data();
    Answer overall = runner.get("/status");
    runner.baton.scheduler().runOnce();

    assertThat(well.path("status").asText()).isEqualTo("healthy");
    assertThat(well.at("/details/activeSchedules").asInt()).isEqualTo(1);
    assertThat(well.at("/details/nextRun").asText()).isEqualTo("2025-01-15T10:40:00.000Z");
    assertThat(well.at("/details/lateSeconds").asDouble()).isZero();
    assertThat(late.path("status").asText()).isEqualTo("degraded");
    assertThat(late.at("/details/lateSeconds").asDouble()).isEqualTo(120);
    assertThat(overall.data().at("/services/scheduler").asText()).isEqualTo("degraded");
    assertThat(overall.data("status")).isEqualTo("degraded");
    assertThat(runner.get(service).data("status")).isEqualTo("healthy");
  }

  @Test
  void dryRun_estimates() {
    runner.files.texts.put("in.csv", "12345\n");
    String path = created(with("@yearly", ",\"config\":{\"maxTokens\":100}"));

    Answer answer = runner.post(path + "/dry-run");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data().path("isValid").asBoolean()).isTrue();
    assertThat(answer.data().path("rows").asInt()).isEqualTo(1);
    assertThat(answer.data().path("estimatedPromptTokens").asInt()).isEqualTo(5);
    assertThat(answer.data().path("maxCompletionTokens").asInt()).isEqualTo(100);
    assertThat(runner.tasks()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "* * * *",
        "60 * * * *",
        "@reboot",
        "* * * * * *",
        "0 0 30 2 *",
        "*/0 * * * *",
        "5-1 * * * *",
        "0 0 * * MON-XYZ"
      })
  void create_withABadCronExpression_isRefused(String cron) {
    assertRefused(runner.post(PATH, with(cron, "")), 400, "INVALID_CRON_EXPRESSION");
    assertNothingStored();
  }

  @Test
  void create_withACronExpressionOfTenKilobytes_isRefused() {
    String cron = "1,".repeat(5_120) + "1 * * * *";
    assertRefused(runner.post(PATH, with(cron, "")), 400, "INVALID_CRON_EXPRESSION");
    assertNothingStored();
  }

  @Test
  void create_withAnUnknownTimeZone_isRefused_andAKnownOneCounts() {
    Answer refused = runner.post(PATH, with("@daily", ",\"timezone\":\"Mars/Base\""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.pointer()).isEqualTo("/timezone");
    assertNothingStored();

    Answer made = runner.post(PATH, with("0 9 * * *", ",\"timezone\":\"Asia/Tokyo\""));
    assertThat(made.data("nextRun")).isEqualTo("2025-01-16T00:00:00.000Z");
  }

  @Test
  void create_withAnOutputThatCantBe_isRefused() {
    runner.files.texts.put("there.csv", "old");

    assertRefused(
        runner.post(PATH, with("@daily", ",\"outputFile\":\"../x.csv\"")), 403, "PATH_NOT_ALLOWED");
    assertThat(runner.post(PATH, with("@daily", ",\"outputFile\":\"in.csv\"")).status())
        .isEqualTo(400);
    assertThat(
            runner
                .post(PATH, with("@daily", ",\"outputFile\":\"there.csv\",\"overwrite\":false"))
                .status())
        .isEqualTo(409);
    assertNothingStored();
  }

  @Test
  void create_withoutWhatIsNeeded_isRefused() {
    assertThat(runner.post(PATH, "{\"name\":\"n\",\"schedule\":\"@daily\"}").status())
        .isEqualTo(400);
    assertThat(
            runner
                .post(PATH, "{\"name\":\" \",\"schedule\":\"@daily\",\"inputFile\":\"a.csv\"}")
                .pointer())
        .isEqualTo("/name");
    assertNothingStored();
  }

  @Test
  void create_beyondTheLimit_isRefused() {
    Plan plan =
        new Plan(
            "n",
            Cron.parse("* * * * *"),
            ZoneOffset.UTC,
            new Plan.Files("in.csv", Optional.empty(), true),
            BatchConfig.DEFAULT,
            false,
            true,
            Plan.Rules.DEFAULT);
    for (int i = 0; i < Schedules.TENANT_MAX; i++) {
      Baton.await(runner.baton.schedules().create(TenantId.DEFAULT, plan));
    }

    assertRefused(runner.post(PATH, with("* * * * *", "")), 429, "LIMIT_EXCEEDED");
    runner.clock.advance(Duration.ofSeconds(1));
    assertThat(runner.get(PATH).data().at("/pagination/total").asInt())
        .isEqualTo(Schedules.TENANT_MAX);
  }

  @Test
  void run_ofADryRun_hasItsReportAsAnObject() {
    runner.files.texts.put("in.csv", "one\n");
    String path = created(with("@yearly", ",\"isDryRun\":true"));
    runner.post(path + "/run");
    runner.baton.scheduler().runOnce();
    runner.baton.scheduler().runOnce();

    assertThat(runner.get(path + "/runs/run-1").data().at("/report/rows").asInt()).isEqualTo(1);
  }

  @Test
  void run_thatFails_saysWhyInThisDialectsWords() {
    runner.files.texts.put("in.csv", "");
    String path = created(with("@yearly", ""));
    runner.post(path + "/run");
    runner.baton.scheduler().runOnce();

    assertThat(runner.get(path + "/runs/run-1").data("error"))
        .isEqualTo("VALIDATION_ERROR: a batch has at least one task");
  }

  @Test
  void outputFile_withAPlaceThatNothingFills_isRefused() {
    Answer refused = runner.post(PATH, with("@yearly", ",\"outputFile\":\"out-{time}.csv\""));

    assertRefused(refused, 400, "VALIDATION_ERROR");
    assertThat(refused.body()).contains("{time}", "{date}, {run}");
    assertNothingStored();
  }
}
