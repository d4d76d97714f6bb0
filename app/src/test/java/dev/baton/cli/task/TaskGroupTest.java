package dev.baton.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.domain.prompt.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The group {@code task}, whose moves take many tasks at once. */
final class TaskGroupTest extends TaskCommandFixture {

  @Test
  void listAndShow_areThoseOfTheTopLevel() {
    String id = cli.put("hello");

    assertThat(cli.run("task", "list").out()).contains(id, "ready");
    assertThat(cli.run("task", "show", "--json", id).json().path("taskId").asText()).isEqualTo(id);
    assertThat(cli.run("task", "show", "nobody").exitCode()).isEqualTo(4);
  }

  @Test
  void listAndShow_watch() {
    String id = cli.put("hello");

    assertThat(cli.run("task", "list", "--json", "--watch=1ms", "--watch-for=2ms").out().lines())
        .hasSize(2);
    assertThat(
            cli.run("task", "show", "--json", "--watch=1ms", "--watch-for=2ms", id).out().lines())
        .hasSize(2);
    assertThat(cli.run("task", "show", "--answer", "--watch", "--", id).exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "redrive", "run"})
  void selection_isAskedAboutWithItsCount(String verb) {
    cli.put("a");
    cli.put("b");

    Outcome asked = cli.run("task", verb, "--state=ready");

    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.err()).contains(verb + " 2 tasks", "--yes");
    assertThat(cli.run("task", verb).exitCode()).isEqualTo(2);
    assertThat(cli.run("task", verb, "--queue=default").exitCode()).isEqualTo(2);
    assertThat(cli.run("task", verb, "--state=dead").err()).contains("no task is in that state");
  }

  @Test
  void cancelAndRedrive_moveAllThatAreSelected() {
    String a = cli.put("a");
    String b = cli.put("b");

    assertThat(cli.run("task", "cancel", "--yes", "--state=ready").exitCode()).isZero();
    assertThat(cli.state(a)).isEqualTo("CANCELLED");
    assertThat(cli.state(b)).isEqualTo("CANCELLED");

    assertThat(cli.run("task", "redrive", a, b).exitCode()).isZero();
    assertThat(cli.state(a)).isEqualTo("READY");
  }

  @Test
  void moves_ofWhichSomeAreRefused_are80() {
    String id = cli.put("a");

    Outcome outcome = cli.run("task", "cancel", "--json", id, "nobody");

    assertThat(outcome.exitCode()).isEqualTo(80);
    assertThat(outcome.out()).contains("cancelled", "TASK_NOT_FOUND");
    assertThat(cli.run("task", "cancel", "nobody").exitCode()).isEqualTo(4);
  }

  @Test
  void run_goesFirst_andWithAnAnswerNeedsForce() {
    cli.put("a");
    String pressing = cli.put("b");

    assertThat(cli.run("task", "run", pressing).err()).contains(pressing + " is next");
    assertThat(cli.lease().taskId().value()).isEqualTo(pressing);

    cli.run("complete", pressing + "~1", "done");
    assertThat(cli.run("task", "run", pressing).exitCode()).isEqualTo(5);
    assertThat(cli.run("task", "run", "--force", pressing).exitCode()).isZero();
  }

  @Test
  void delete_asksAlways() {
    String id = cli.put("a");

    assertThat(cli.run("task", "delete", id).err()).contains("delete 1 task:");
    assertThat(cli.run("task", "delete", "--yes", id).exitCode()).isZero();
    assertThat(cli.run("get", id).exitCode()).isEqualTo(4);
    assertThat(cli.run("task", "delete", "--yes", id).exitCode()).isEqualTo(4);
  }

  @Test
  void delete_onATerminal_takesYesForAnAnswer() {
    String id = cli.put("a");

    assertThat(cli.onTerminal().in("no\n").run("task", "delete", id).exitCode()).isEqualTo(2);
    assertThat(cli.in("yes\n").run("task", "delete", id).exitCode()).isZero();
  }

  @Test
  void edit_changesWhatIsNamed() {
    String id = cli.put("a");

    assertThat(cli.run("task", "edit", id, "--text=other", "--priority=high").exitCode()).isZero();

    assertThat(task(id).prompt()).isEqualTo(Prompt.of("other"));
    assertThat(task(id).row().terms().priority().name()).isEqualTo("HIGH");
    assertThat(cli.run("task", "edit", id).exitCode()).isEqualTo(2);
    assertThat(cli.run("task", "edit", "nobody", "--text=x").exitCode()).isEqualTo(4);
  }

  @Test
  void attempts_endWithTheOneThatBroughtTheAnswer() {
    String id = cli.put("a");
    cli.lease();
    cli.run("complete", id + "~1", "done");

    assertThat(cli.run("task", "attempts", id).out()).contains("succeeded", "test");
    assertThat(cli.run("task", "attempts", "--json", id).json().at("/attempts/0/outcome").asText())
        .isEqualTo("succeeded");
    assertThat(cli.run("get", id).out()).contains("attempt 1", "succeeded at");
  }

  @Test
  void attempts_areListedOnceTheyAreOver() {
    String id = cli.put("a");
    assertThat(cli.run("task", "attempts", id).err()).contains("no attempt");
    cli.lease();
    cli.run("fail", id + "~1", "--code", "BROKEN", "--message", "no");

    assertThat(cli.run("task", "attempts", id).out()).contains("OUTCOME", "BROKEN");
    assertThat(cli.run("task", "attempts", "--json", id).json().at("/attempts/0/attempt").asInt())
        .isEqualTo(1);
    assertThat(cli.run("task", "attempts", "nobody").exitCode()).isEqualTo(4);
  }
}
