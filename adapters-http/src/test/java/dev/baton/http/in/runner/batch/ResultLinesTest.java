package dev.baton.http.in.runner.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.base.Splitter;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.Settlement;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.http.in.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the lines of results tell beyond the answers. */
final class ResultLinesTest {
  private static final BatchId BATCH = new BatchId("b");
  private static final ModelName PRICED = new ModelName("priced");

  private final Baton baton =
      Baton.builder(new InMemoryStore())
          .clock(new ManualClock())
          .models(
              new FakeModelClient(
                  new ModelSpec(
                      PRICED,
                      "fake",
                      1,
                      OptionalInt.empty(),
                      List.of(),
                      OptionalDouble.of(0.15),
                      OptionalDouble.of(0.6))))
          .withoutExecutor()
          .build();

  @AfterEach
  void close() {
    baton.close();
  }

  private void run(String... metadata) {
    List<NewTask> tasks =
        List.of(metadata).stream()
            .map(json -> NewTask.of(new Prompt("p", new Metadata(json), Parameters.NONE)))
            .toList();
    BatchConfig config =
        new BatchConfig(
            Optional.of(PRICED),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            BatchConfig.DEFAULT.priority(),
            Optional.empty(),
            QueueName.DEFAULT,
            1_000);
    NewBatch batch = new NewBatch(Optional.of(BATCH), "b", "", config, Optional.empty());
    Baton.await(baton.batches().create(TenantId.DEFAULT, batch, tasks));
    Baton.await(baton.batches().start(TenantId.DEFAULT, BATCH));
  }

  private void answerOne() {
    answerOne(new Completion("a", Optional.of(new Usage(10, 5, 15)), Optional.empty()));
  }

  private void answerOne(Completion answer) {
    LeasedTask leased =
        baton.lease(QueueName.DEFAULT, new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow();
    Baton.await(
        baton
            .settling()
            .settle(TenantId.DEFAULT, Settlement.Complete.of(leased.leaseId(), answer)));
  }

  private List<Batches.Outcome> outcomes() {
    return Baton.await(baton.batches().outcomes(TenantId.DEFAULT, BATCH, 0, 10));
  }

  private String csv(int row, String column) {
    List<String> header = Splitter.on(',').splitToList(ResultLines.header(Format.CSV).strip());
    List<String> cells =
        Splitter.on(',')
            .splitToList(ResultLines.line(Format.CSV, outcomes().get(row), baton.models()).strip());
    return cells.get(header.indexOf(column));
  }

  @Test
  void csv_tellsPendingFromFailed_andKeepsTheMetadata() {
    run("{\"customer\":7}", "{}", "{}");
    answerOne();
    Baton.await(baton.control().cancel(TenantId.DEFAULT, outcomes().get(1).row().id()));

    assertThat(csv(0, "Status")).isEqualTo("completed");
    assertThat(csv(1, "Status")).isEqualTo("failed");
    assertThat(csv(2, "Status")).isEqualTo("pending");
    assertThat(csv(0, "Metadata")).isEqualTo("\"{\"\"customer\"\":7}\"");
    assertThat(csv(1, "Metadata")).isEmpty();
  }

  @Test
  void whatTheProviderSaid_isToldBesideTheText_andLeftOutWhereItSaidNothing() {
    run("{}", "{}");
    String calls = "[{\"id\":\"c1\",\"function\":{\"name\":\"weather\"}}]";
    answerOne(
        new Completion(
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                new ModelAnswer(
                    new ModelName("other"),
                    "tool_calls",
                    Optional.of(calls),
                    Optional.of("No."),
                    Optional.of("Hm."),
                    Optional.of("{\"content\":[]}"),
                    Optional.of("{\"audio\":{\"id\":\"a1\"}}")))));
    answerOne();

    assertThat(ResultLines.line(Format.JSONL, outcomes().get(0), baton.models()))
        .contains(
            "\"answeredBy\":\"other\",\"finishReason\":\"tool_calls\",\"toolCalls\":"
                + calls
                + ",\"refusal\":\"No.\",\"reasoning\":\"Hm.\",\"logprobs\":{\"content\":[]}"
                + ",\"extras\":{\"audio\":{\"id\":\"a1\"}}");
    assertThat(ResultLines.line(Format.CSV, outcomes().get(0), baton.models()))
        .endsWith(
            ",other,tool_calls,\"[{\"\"id\"\":\"\"c1\"\",\"\"function\"\":{\"\"name\"\":\"\"weather\"\"}}]\","
                + "No.,Hm.,\"{\"\"content\"\":[]}\",\"{\"\"audio\"\":{\"\"id\"\":\"\"a1\"\"}}\"\r\n");
    assertThat(csv(1, "Finish Reason")).isEmpty();
    assertThat(ResultLines.line(Format.JSONL, outcomes().get(1), baton.models()))
        .doesNotContain("finishReason", "toolCalls");
  }

  @Test
  void answer_inTheFormOfOpenAi_hasAllThatTheProviderSaid() throws Exception {
    run("{\"custom_id\":\"a/b\"}", "{}");
    answerOne(withTools());
    answerOne();

    JsonNode first = Json.mapper().readTree(OpenAiResult.line(outcomes().get(0)));
    assertThat(first.path("custom_id").asText()).isEqualTo("a/b");
    assertThat(first.path("error").isNull()).isTrue();
    assertThat(first.path("response").path("status_code").asInt()).isEqualTo(200);
    JsonNode body = first.path("response").path("body");
    assertThat(body.path("object").asText()).isEqualTo("chat.completion");
    assertThat(body.path("model").asText()).isEqualTo("other");
    assertThat(body.has("usage")).isFalse();
    JsonNode choice = body.path("choices").path(0);
    assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
    assertThat(choice.path("logprobs").has("content")).isTrue();
    assertThat(choice.path("message").path("content").isNull()).isTrue();
    assertThat(choice.at("/message/tool_calls/0/function/name").asText()).isEqualTo("weather");
    assertThat(choice.path("message").path("reasoning_content").asText()).isEqualTo("Hm.");

    JsonNode second = Json.mapper().readTree(OpenAiResult.line(outcomes().get(1)));
    assertThat(second.path("custom_id").asText()).isEqualTo(outcomes().get(1).row().id().value());
    assertThat(second.at("/response/body/usage/total_tokens").asInt()).isEqualTo(15);
    assertThat(second.at("/response/body/choices/0/message/content").asText()).isEqualTo("a");
    assertThat(second.at("/response/body/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void answer_inTheFormOfAnthropic_hasAllThatTheProviderSaid() throws Exception {
    run("{\"custom_id\":7}", "{}");
    answerOne(withTools());
    answerOne();

    JsonNode first = Json.mapper().readTree(AnthropicResult.line(outcomes().get(0)));
    assertThat(first.path("custom_id").asText()).isEqualTo("7");
    assertThat(first.at("/result/type").asText()).isEqualTo("succeeded");
    JsonNode message = first.at("/result/message");
    assertThat(message.path("content"))
        .extracting(part -> part.path("type").asText())
        .containsExactly("thinking", "tool_use");
    assertThat(message.at("/content/1/input/city").asText()).isEqualTo("Rome");
    assertThat(message.path("stop_reason").asText()).isEqualTo("tool_use");

    JsonNode second = Json.mapper().readTree(AnthropicResult.line(outcomes().get(1)));
    assertThat(second.at("/result/message/content/0/text").asText()).isEqualTo("a");
    assertThat(second.at("/result/message/stop_reason").asText()).isEqualTo("end_turn");
    assertThat(second.at("/result/message/usage/output_tokens").asInt()).isEqualTo(5);
  }

  private static Completion withTools() {
    String call =
        "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"arguments\":\"{\\\"city\\\":\\\"Rome\\\"}\"}}]";
    return new Completion(
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new ModelAnswer(
                new ModelName("other"),
                "tool_calls",
                Optional.of(call),
                Optional.empty(),
                Optional.of("Hm."),
                Optional.of("{\"content\":[]}"),
                Optional.of("{\"audio\":{\"id\":\"a1\"}}"))));
  }

  @Test
  void taskWithoutAnAnswer_inTheFormsOfProviders_saysWhy_andOneThatIsNotOverHasNoLine()
      throws Exception {
    run("{}", "{}", "{}");
    Baton.await(baton.control().cancel(TenantId.DEFAULT, outcomes().get(1).row().id()));
    LeasedTask leased =
        baton.lease(QueueName.DEFAULT, new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow();
    Baton.await(
        baton
            .settling()
            .settle(
                TenantId.DEFAULT,
                new Settlement.Fail(
                    leased.leaseId(), Failure.permanent("BAD", "no"), Optional.empty())));

    JsonNode failed = Json.mapper().readTree(OpenAiResult.line(outcomes().get(0)));
    assertThat(failed.path("response").isNull()).isTrue();
    assertThat(failed.path("error").toString()).isEqualTo("{\"code\":\"BAD\",\"message\":\"no\"}");
    assertThat(OpenAiResult.line(outcomes().get(1))).contains("\"code\":\"batch_cancelled\"");
    assertThat(OpenAiResult.line(outcomes().get(2))).isEmpty();
    assertThat(AnthropicResult.line(outcomes().get(0)))
        .contains(
            "\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":"
                + "{\"type\":\"invalid_request_error\",\"message\":\"BAD: no\"}}}");
    assertThat(AnthropicResult.line(outcomes().get(1))).contains("{\"type\":\"canceled\"}");
    assertThat(AnthropicResult.line(outcomes().get(2))).isEmpty();
  }

  @Test
  void cost_isThatOfTheModelsPrice_andEmptyWithoutAnAnswer() {
    run("{}", "{}");
    answerOne();

    assertThat(csv(0, "Cost")).isEqualTo("0.0000045");
    assertThat(csv(1, "Cost")).isEmpty();
    assertThat(ResultLines.line(Format.JSONL, outcomes().get(0), baton.models()))
        .contains("\"cost\":0.0000045,");
    assertThat(ResultLines.line(Format.JSONL, outcomes().get(1), baton.models()))
        .contains("\"cost\":null,");
  }

  @Test
  void failure_forGood_isNotRetryable_andACancelledTaskIs() {
    run("{}", "{}");
    Baton.await(baton.control().cancel(TenantId.DEFAULT, outcomes().get(1).row().id()));
    LeasedTask leased =
        baton.lease(QueueName.DEFAULT, new WorkerId("w"), Duration.ofMinutes(1)).orElseThrow();
    Baton.await(
        baton
            .settling()
            .settle(
                TenantId.DEFAULT,
                new Settlement.Fail(
                    leased.leaseId(), Failure.permanent("BAD", "no"), Optional.empty())));

    assertThat(jsonl(0)).contains("\"errorCode\":\"BAD\"", "\"isRetryable\":false");
    assertThat(jsonl(1)).contains("\"errorCode\":\"CANCELLED\"", "\"isRetryable\":true");
  }

  private String jsonl(int row) {
    return ResultLines.line(Format.JSONL, outcomes().get(row), baton.models());
  }
}
