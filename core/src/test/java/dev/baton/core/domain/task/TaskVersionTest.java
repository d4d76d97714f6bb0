package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TaskVersionTest {
  private static final Instant SUBMITTED = Instant.parse("2025-01-15T10:30:00Z");
  private static final LeaseState READY =
      LeaseState.submitted(TaskState.Kind.READY, 0, false, 1_736_937_000_000L);
  private static final Terms TERMS =
      new Terms(
          QueueName.DEFAULT,
          Priority.NORMAL,
          1_736_937_000_000L,
          SUBMITTED,
          Optional.empty(),
          RetryPolicy.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final Prompt PROMPT = Prompt.of("Why is the sky blue?");

  private static String version(LeaseState leaseState, Terms terms, Prompt prompt) {
    TaskRow row = new TaskRow(1, TenantId.DEFAULT, new TaskId("t"), terms, leaseState);
    return TaskVersion.of(row, prompt);
  }

  private static Terms everyTerm() {
    return new Terms(
        new QueueName("print"),
        Priority.HIGH,
        5,
        SUBMITTED.plusMillis(1),
        Optional.of(SUBMITTED.plusSeconds(60)),
        RetryPolicy.DEFAULT.withMaxAttempts(2),
        Optional.of(new GateId("batch:1")),
        Optional.of(new DedupeKey("content", true)),
        Optional.of(new ModelName("small")),
        Optional.of(new BatchId("b")));
  }

  private static Prompt everyParameter() {
    return new Prompt(
        "Say hello.",
        new Metadata("{\"a\":1}"),
        new Parameters(
            Optional.of(new Messages("[]")),
            OptionalDouble.of(0.5),
            OptionalInt.of(100),
            new Options("{\"seed\":1}"),
            true));
  }

  /** Clients keep versions over an upgrade: another value here is another version of every task. */
  @Test
  void version_isTheSame_fromReleaseToRelease() {
    assertThat(version(READY, TERMS, PROMPT)).isEqualTo("195586ac16c1191d");
    assertThat(version(READY, everyTerm(), everyParameter())).isEqualTo("3247d1f8094de733");
  }

  @Test
  void version_isAnother_wheneverSomethingIs() {
    Prompt prompt = everyParameter();
    Parameters parameters = prompt.parameters();
    Stream<String> versions =
        Stream.of(
            version(READY, TERMS, PROMPT),
            version(READY.leased(new WorkerId("w"), 2, 1), TERMS, PROMPT),
            version(READY.cancelled(READY.changedAt()), TERMS, PROMPT),
            version(READY.waiting(waiting(), READY.changedAt() + 1), TERMS, PROMPT),
            version(READY, TERMS.withRank(1), PROMPT),
            version(READY, TERMS.withModel(Optional.of(new ModelName("m"))), PROMPT),
            version(READY, TERMS.withGate(Optional.of(new GateId("m"))), PROMPT),
            version(READY, TERMS.amended(Priority.HIGH, 1, Optional.empty()), PROMPT),
            version(READY, TERMS.amended(Priority.HIGH, 1, Optional.of(SUBMITTED)), PROMPT),
            version(READY, everyTerm(), PROMPT),
            version(READY, TERMS, Prompt.of("Why is the sky blue? ")),
            version(READY, TERMS, new Prompt(PROMPT.text(), prompt.metadata())),
            version(READY, TERMS, new Prompt(PROMPT.text(), PROMPT.metadata(), parameters)),
            version(READY, TERMS, prompt));

    assertThat(versions.toList()).doesNotHaveDuplicates();
  }

  private static LeaseState.Waiting waiting() {
    return new LeaseState.Waiting(TaskState.Kind.READY, 0, false);
  }
}
