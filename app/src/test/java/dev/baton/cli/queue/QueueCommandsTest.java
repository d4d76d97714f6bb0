package dev.baton.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.Baton;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueCommandsTest {
  @TempDir Path directory;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  @Test
  void list_countsByState() {
    cli.put("a");
    cli.put("b");
    cli.lease();

    Outcome json = cli.run("queue", "list", "--json");

    assertThat(json.exitCode()).isZero();
    assertThat(json.json().findValuesAsText("queue")).contains("default", "integration");
    assertThat(json.json().at("/queues/0/ready").asInt()).isEqualTo(1);
    assertThat(json.json().at("/queues/0/leased").asInt()).isEqualTo(1);
    assertThat(cli.run("queue", "list").out()).contains("QUEUE", "READY", "default", "open");
  }

  @Test
  void depth_isABareNumber() {
    cli.put("a");
    cli.put("b");

    assertThat(cli.run("queue", "depth").out()).isEqualToIgnoringNewLines("2");
    assertThat(cli.run("queue", "depth", "nobodys").out()).isEqualToIgnoringNewLines("0");
    assertThat(cli.run("queue", "depth", "--json").json().path("ready").asInt()).isEqualTo(2);
    assertThat(cli.run("queue", "depth", "no queue").exitCode()).isEqualTo(2);
  }

  @Test
  void watch_showsItAgainUntilItsTimeIsOver() {
    assertThat(cli.run("queue", "depth", "--watch=1ms", "--watch-for=3ms").out().lines())
        .containsExactly("0", "0", "0");
    assertThat(cli.run("queue", "depth", "--watch-for=3ms").exitCode()).isEqualTo(2);
    assertThat(cli.run("queue", "depth", "--watch=0s").exitCode()).isEqualTo(2);
  }

  @Test
  void pause_handsNothingOut_untilItIsResumed() {
    cli.put("a");

    assertThat(cli.run("queue", "pause", "default").err()).contains("default is paused");
    assertThat(cli.run("lease").exitCode()).isEqualTo(3);
    assertThat(cli.run("queue", "list").out()).contains("paused");

    assertThat(cli.run("queue", "resume", "--json", "default").json().path("status").asText())
        .isEqualTo("resumed");
    assertThat(cli.run("lease").exitCode()).isZero();
  }

  @Test
  void pause_ofAQueueThatNobodyUsed_saysSo_andResumeForgetsIt() {
    cli.put("a");

    assertThat(cli.run("queue", "pause", "defualt").err()).contains("nothing is in it");
    assertThat(cli.run("queue", "pause", "default").err()).doesNotContain("nothing is in it");
    assertThat(cli.run("queue", "list").out()).contains("defualt");

    cli.run("queue", "resume", "defualt");
    assertThat(cli.run("queue", "list").out()).doesNotContain("defualt");
  }

  @Test
  void models_onANarrowTerminal_showTheirState() {
    cli.onTerminal().variable("COLUMNS", "40");

    Outcome outcome = cli.run("model", "list");

    assertThat(outcome.out()).contains("STATE", "open");
    assertThat(outcome.err()).contains("found no room");
  }

  @Test
  void workers_areListedWithWhatTheyHold() {
    assertThat(cli.run("worker", "list").err()).contains("nobody");
    String id = cli.put("a");
    cli.lease();

    assertThat(cli.run("worker", "list").out()).contains("WORKER", "test", id);
    assertThat(cli.run("worker", "list", "--json").json().at("/leases/0/taskId").asText())
        .isEqualTo(id);
  }

  @Test
  void models_areListed_inTextAndJson() {
    assertThat(cli.run("model", "list").out()).contains("MODEL", "fake-model", "open");
    assertThat(cli.run("model", "list", "--json").json().at("/models/0/model").asText())
        .isEqualTo("fake-model");

    Baton.await(
        cli.baton()
            .models()
            .pause(new ModelName("fake-model"), Duration.ofMinutes(5), "over its quota"));

    assertThat(cli.run("model", "list", "--json").json().at("/models/0/pausedReason").asText())
        .isEqualTo("over its quota");
    assertThat(cli.run("model", "list").out()).contains("paused until");
  }

  @Test
  void models_ofAServerWithoutProviders_areTheEcho(@TempDir Path another) {
    try (CliHarness open = new CliHarness(another, new ModelSpec[0])) {
      assertThat(open.run("model", "list").err()).contains("any model", "built-in echo");
    }
  }

  @Test
  void unreachableServer_is69() {
    cli.backend().outages.set(1);

    assertThat(cli.run("queue", "list").exitCode()).isEqualTo(69);
  }
}
