package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeaseState.Waiting;
import dev.baton.core.domain.task.TaskState.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class TaskStateTest {

  static Stream<Arguments> legalMoves() {
    return Stream.of(
        Arguments.of(Kind.HELD, EnumSet.of(Kind.READY, Kind.SUCCEEDED, Kind.DEAD, Kind.CANCELLED)),
        Arguments.of(
            Kind.READY,
            EnumSet.of(Kind.HELD, Kind.LEASED, Kind.SUCCEEDED, Kind.DEAD, Kind.CANCELLED)),
        Arguments.of(
            Kind.LEASED,
            EnumSet.of(Kind.HELD, Kind.READY, Kind.SUCCEEDED, Kind.DEAD, Kind.CANCELLED)),
        Arguments.of(Kind.SUCCEEDED, EnumSet.of(Kind.READY, Kind.HELD)),
        Arguments.of(Kind.DEAD, EnumSet.of(Kind.HELD, Kind.READY)),
        Arguments.of(Kind.CANCELLED, EnumSet.of(Kind.HELD, Kind.READY)));
  }

  @ParameterizedTest
  @MethodSource("legalMoves")
  void mayBecome_everyPair(Kind from, Set<Kind> next) {
    for (Kind to : Kind.values()) {
      assertThat(from.mayBecome(to)).as("%s to %s", from, to).isEqualTo(next.contains(to));
    }
  }

  @Test
  void isTerminal_isWhatOnlyARedriveLeaves() {
    assertThat(Arrays.stream(Kind.values()).filter(Kind::isTerminal))
        .containsExactly(Kind.SUCCEEDED, Kind.DEAD, Kind.CANCELLED);
  }

  private static final WorkerId WORKER = new WorkerId("w");

  private static LeaseState in(Kind state) {
    return new LeaseState(state, 2, 5, WORKER, 10, 20, 0, true, 10);
  }

  private static Waiting waiting(Kind state) {
    return new Waiting(state, state == Kind.HELD ? 99 : 0, true);
  }

  /** Each move of a lease state, with the states it may start from. */
  static Stream<Arguments> moves() {
    Set<Kind> unfinished = EnumSet.of(Kind.HELD, Kind.READY, Kind.LEASED);
    return Stream.of(
        move("leased", s -> s.leased(WORKER, 60, 30), EnumSet.of(Kind.READY)),
        move("extended", s -> s.extended(60, 30), EnumSet.of(Kind.LEASED)),
        move("succeeded", s -> s.succeeded(30), unfinished),
        move("dead", s -> s.dead(30), unfinished),
        move("cancelled", s -> s.cancelled(30), unfinished),
        move(
            "waiting", s -> s.waiting(waiting(Kind.READY), 30), EnumSet.of(Kind.HELD, Kind.READY)));
  }

  private static Arguments move(
      String name, Function<LeaseState, LeaseState> move, Set<Kind> from) {
    return Arguments.of(name, move, from);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moves")
  void move_fromAWrongState_isABug(
      String name, Function<LeaseState, LeaseState> move, Set<Kind> from) {
    for (Kind state : Kind.values()) {
      if (from.contains(state)) {
        assertThat(move.apply(in(state)).changedAt()).as("%s from %s", name, state).isPositive();
      } else {
        assertThatThrownBy(() -> move.apply(in(state)))
            .as("%s from %s", name, state)
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void redriven_ofATaskThatIsNotOver_isABug() {
    for (Kind kind : EnumSet.of(Kind.HELD, Kind.READY, Kind.LEASED)) {
      Kind next = kind == Kind.READY ? Kind.HELD : Kind.READY;
      assertThatThrownBy(() -> in(kind).redriven(waiting(next), 30))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(in(Kind.DEAD).redriven(waiting(Kind.READY), 30).state()).isEqualTo(Kind.READY);
  }

  @Test
  void leased_isOneMoreAttemptUnderANewToken() {
    assertThat(in(Kind.READY).leased(WORKER, 60, 30))
        .isEqualTo(new LeaseState(Kind.LEASED, 3, 6, WORKER, 30, 60, 0, true, 30));
  }

  @ParameterizedTest
  @CsvSource({"19, 20", "20, 20", "21, 21"})
  void extended_neverShortens(long until, long expected) {
    assertThat(in(Kind.LEASED).extended(until, 15).leaseUntil()).isEqualTo(expected);
  }

  @Test
  void givenBack_voidsTheToken_andCountsFailuresOnly() {
    LeaseState failed = in(Kind.LEASED).givenBack(waiting(Kind.HELD), true, 30);
    LeaseState released = in(Kind.LEASED).givenBack(waiting(Kind.READY), false, 30);

    assertThat(failed).isEqualTo(new LeaseState(Kind.HELD, 2, 6, null, 0, 0, 99, true, 30));
    assertThat(released).isEqualTo(new LeaseState(Kind.READY, 1, 6, null, 0, 0, 0, true, 30));
    assertThat(failed.isCurrent(new FencingToken(5))).isFalse();
  }

  @Test
  void expired_keepsTheTokenGood() {
    LeaseState expired = in(Kind.LEASED).expired(30);

    assertThat(expired.state()).isEqualTo(Kind.READY);
    assertThat(expired.attempts()).isEqualTo(2);
    assertThat(expired.isCurrent(new FencingToken(5))).isTrue();
    assertThat(expired.isCurrent(new FencingToken(4))).isFalse();
    assertThat(expired.isCurrent(new FencingToken(6))).isFalse();
  }

  @Test
  void ended_isCurrentForNobody_andOutOfItsGate() {
    for (LeaseState ended :
        new LeaseState[] {
          in(Kind.LEASED).succeeded(30), in(Kind.LEASED).dead(30), in(Kind.LEASED).cancelled(30)
        }) {
      assertThat(ended.isCurrent(new FencingToken(5))).isFalse();
      assertThat(ended.inGate()).isFalse();
    }
  }

  @Test
  void redriven_hasAllItsAttemptsAgainUnderAHigherToken() {
    assertThat(in(Kind.DEAD).redriven(waiting(Kind.READY), 30))
        .isEqualTo(new LeaseState(Kind.READY, 0, 6, null, 0, 0, 0, true, 30));
  }

  @Test
  void waiting_isHeldOrReadyOnly() {
    assertThatThrownBy(() -> new Waiting(Kind.LEASED, 0, false))
        .isInstanceOf(IllegalStateException.class);
  }
}
