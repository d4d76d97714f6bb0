package dev.baton.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HolderCommandsTest extends TaskCommandFixture {

  @Test
  void lease_printsThePromptAlone() {
    String id = cli.put("do this");

    Outcome outcome = cli.run("lease", "--for", "10m", "--worker", "me");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out().strip()).isEqualTo("do this");
    assertThat(outcome.err()).contains("baton complete " + id + "~1");
    assertThat(task(id).row().lease().holder().value()).isEqualTo("me");
  }

  @Test
  void lease_json_tellsTheLease() {
    cli.put("a");
    cli.put("b");

    JsonNode prompts = cli.run("lease", "--json", "--max", "5").json().path("prompts");

    assertThat(prompts).hasSize(2);
    assertThat(prompts.path(0).path("prompt").asText()).isEqualTo("a");
    assertThat(prompts.path(0).path("attempt").asInt()).isEqualTo(1);
    assertThat(prompts.path(0).path("leaseId").asText()).endsWith("~1");
    assertThat(prompts.path(0).path("meta").isObject()).isTrue();
  }

  @Test
  void lease_nothingReady_is3() {
    Outcome human = cli.run("lease");

    assertThat(human.exitCode()).isEqualTo(3);
    assertThat(human.out()).isEmpty();
    assertThat(cli.run("lease", "--json").json().path("prompts")).isEmpty();
  }

  @Test
  void lease_looksIntoBothDefaultQueues() {
    cli.put(NewTask.builder(Prompt.of("x")).queue(QueueName.INTEGRATION).build());

    assertThat(cli.run("lease").out().strip()).isEqualTo("x");
  }

  @Test
  void lease_ofNamedQueues_looksIntoNoOther() {
    cli.put("x");

    assertThat(cli.run("lease", "--queue", "a,b").exitCode()).isEqualTo(3);
  }

  @Test
  void lease_ofALength_leavesLongerPrompts() {
    cli.put("four");
    cli.put("abc");

    assertThat(cli.run("lease", "--max-chars", "3").out().strip()).isEqualTo("abc");
    assertThat(cli.run("lease", "--max-chars", "3").exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--max 2",
        "--for 0s",
        "--for 40d",
        "--wait 6m",
        "--max 0 --json",
        "--max-chars 0"
      })
  void lease_badValue_is2(String options) {
    cli.put("x");

    assertThat(cli.run(("lease " + options).split(" ")).exitCode()).isEqualTo(2);
  }

  @Test
  void complete_readsStandardInput() {
    String id = cli.put("hello");

    Outcome outcome = cli.in("the answer\n").run("complete", cli.lease().toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(cli.answer(id)).isEqualTo("the answer\n");
  }

  @Test
  void complete_again_isTold() {
    cli.put("hello");
    String lease = cli.lease().toString();
    cli.run("complete", lease, "one");

    Outcome again = cli.run("complete", lease, "one", "--json");
    Outcome other = cli.run("complete", lease, "two", "--json");

    assertThat(again.json().path("status").asText()).isEqualTo("replayed");
    assertThat(other.json().path("status").asText()).isEqualTo("alternative");
    assertThat(cli.run("complete", lease, "one").err()).contains("before");
  }

  @Test
  void complete_byTaskId_answersWithoutALease() {
    String id = cli.put("hello");

    assertThat(cli.run("complete", id, "mine").exitCode()).isZero();
    assertThat(cli.answer(id)).isEqualTo("mine");
  }

  @Test
  void complete_ofACancelledTask_is5() {
    String id = cli.put("hello");
    String lease = cli.lease().toString();
    cli.run("cancel", id);

    Outcome outcome = cli.run("complete", lease, "x", "--json");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.error().path("code").asText()).isEqualTo("TASK_CANCELLED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"complete none~1 x", "release none~1", "fail none~1", "extend none~1 --for 1m"})
  void leaseOfNoTask_is4(String line) {
    assertThat(cli.run(line.split(" ")).exitCode()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "complete a/b x",
        "complete",
        "complete t~1 x --usage 1",
        "complete t~1 x --usage 1,-2",
        "release t",
        "release t~1 --delay 31d",
        "fail t~x",
        "fail t~1 --retry-after 31d",
        "extend t~1 --percent 101",
        "cancel",
        "redrive"
      })
  void badValue_is2(String line) {
    assertThat(cli.in("").run(line.split(" ")).exitCode()).isEqualTo(2);
  }

  @Test
  void fail_permanent_putsTheTaskToTheDeadLetters() {
    String id = cli.put("hello");

    Outcome outcome =
        cli.run("fail", cli.lease().toString(), "--permanent", "--message", "cannot", "--json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.json().path("retryable").asBoolean()).isFalse();
    assertThat(cli.state(id)).isEqualTo("DEAD");
    assertThat(cli.run("get", id).out()).contains("FAILED: cannot");
  }

  @Test
  void release_givesBackUncounted() {
    String id = cli.put("hello");

    assertThat(cli.run("release", cli.lease().toString()).exitCode()).isZero();
    assertThat(cli.state(id)).isEqualTo("READY");
    assertThat(task(id).row().leaseState().attempts()).isZero();
  }

  @Test
  void release_ofALostLease_is5() {
    cli.put("hello");
    String lease = cli.lease().toString();
    cli.run("complete", lease, "x");

    assertThat(cli.run("fail", lease).exitCode()).isEqualTo(5);
  }

  @Test
  void extend_tellsTheNewEnd() {
    String id = cli.put("hello");
    String lease = cli.lease().toString();

    Outcome outcome = cli.run("extend", lease, "--for", "1h", "--json");

    Instant end = Instant.parse(outcome.json().path("leaseExpiresAt").asText());
    assertThat(end).isAfter(Instant.now().plus(Duration.ofMinutes(55)));
    assertThat(task(id).row().lease().expiresAt()).isEqualTo(end);
  }

  @Test
  void cancelAndRedrive_moveTheTask() {
    String id = cli.put("hello");

    assertThat(cli.run("cancel", id).err()).contains("cancelled");
    assertThat(cli.run("redrive", id, "--json").json().path("status").asText()).isEqualTo("ready");
    assertThat(cli.run("redrive", id).exitCode()).isEqualTo(5);
  }

  @Test
  void cancel_several_goesOnAfterOneThatIsRefused() {
    String first = cli.put("a");
    String second = cli.put("b");

    Outcome some = cli.run("cancel", first, "none", second);
    Outcome none = cli.run("redrive", "none", "nil", "--json");

    assertThat(some.exitCode()).isEqualTo(80);
    assertThat(cli.state(second)).isEqualTo("CANCELLED");
    assertThat(none.exitCode()).isEqualTo(4);
    assertThat(none.json().path("error").asText()).isEqualTo("TASK_NOT_FOUND");
  }
}
