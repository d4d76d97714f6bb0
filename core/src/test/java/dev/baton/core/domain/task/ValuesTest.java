package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.GateId;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the values of the domain do not take. */
final class ValuesTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_000);
  private static final LeaseId LEASE = LeaseId.parse("t~1").orElseThrow();
  private static final Failure FAILURE = Failure.permanent("NO", "");

  static Stream<Arguments> refused() {
    return Stream.of(
        refused("blank prompt", () -> Prompt.of(" \n\t")),
        refused("metadata that is a list", () -> new Metadata("[]")),
        refused("tenant with a colon", () -> new TenantId("a:b")),
        refused("tenant too long", () -> new TenantId("a".repeat(65))),
        refused("tenant not ASCII", () -> new TenantId("ä")),
        refused("progress above 100", () -> new Progress(101, "")),
        refused("progress below 0", () -> new Progress(-1, "")),
        refused("progress note too long", () -> new Progress(1, "n".repeat(1_025))),
        refused("negative usage", () -> new Usage(-1, 0, 0)),
        refused("usage that JSON can't hold", () -> new Usage(0, 0, Usage.MAX + 1)),
        refused("chunk without a lease", () -> new Chunk(0, 1, "")),
        refused("chunk number 0", () -> new Chunk(1, 0, "")),
        refused("result of nothing", () -> new Result(1, Optional.empty(), Optional.empty(), NOW)),
        refused(
            "result of both",
            () -> new Result(1, Optional.of(Completion.of("")), Optional.of(FAILURE), NOW)),
        refused("negative rest", () -> new Settlement.Release(LEASE, Duration.ofMillis(-1))),
        refused("rest too long", () -> new Settlement.Release(LEASE, Duration.ofDays(31))),
        refused(
            "rest too long after a failure",
            () -> new Settlement.Fail(LEASE, FAILURE, Optional.of(Duration.ofDays(31)))),
        refused(
            "gate with a negative limit",
            () -> new Gate(TenantId.DEFAULT, new GateId("g"), -1, 0, false)),
        refused(
            "deadline at the start",
            () -> NewTask.builder(Prompt.of("p")).startAt(NOW).deadline(NOW).build()),
        refused("priority of no step", () -> Priority.ofSteps(3)));
  }

  private static Arguments refused(String what, ThrowingCallable making) {
    return Arguments.of(what, making);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void value_outOfRange_isRefused(String what, ThrowingCallable making) {
    assertThatThrownBy(making).as(what).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void failure_withALongMessage_keepsItsBeginning() {
    Failure failure = Failure.permanent("A", "m".repeat(Failure.MAX_MESSAGE_LENGTH + 1));

    assertThat(failure.message()).hasSize(Failure.MAX_MESSAGE_LENGTH);
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 3, true", "1, 2, 4, false", "0, 0, 0, true"})
  void usage_isConsistentWhenItAddsUp(long prompt, long completion, long total, boolean adds) {
    assertThat(new Usage(prompt, completion, total).isConsistent()).isEqualTo(adds);
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 2", "3, 3, 0", "1, 3, 0", "0, 0, 0"})
  void gate_room_isWhatIsLeft(int limit, int taken, int room) {
    assertThat(new Gate(TenantId.DEFAULT, new GateId("g"), limit, taken, false).room())
        .isEqualTo(room);
  }

  @ParameterizedTest
  @EnumSource
  void priority_ofItsSteps_isItself(Priority priority) {
    assertThat(Priority.ofSteps(priority.steps())).isEqualTo(priority);
  }

  @ParameterizedTest
  @EnumSource
  void settled_isEitherAcceptedOrARefusal(Settled.Kind kind) {
    if (kind.isAccepted()) {
      assertThatThrownBy(kind::refusal).isInstanceOf(IllegalStateException.class);
    } else {
      assertThat(kind.refusal()).isNotNull();
    }
  }
}
