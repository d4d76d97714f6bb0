package dev.baton.core.usecase.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.RequestRows.Answer;
import dev.baton.core.port.RequestRows.Name;
import dev.baton.core.usecase.idempotency.Replays;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What is asked under a key is done once. */
public abstract class ReplaysContract extends LifecycleFixture {
  private static final Name ONCE = new Name(TENANT, "POST /x", "k");
  private static final Answer ANSWER = new Answer(200, "{}");

  private int done;

  private CompletableFuture<Answer> work() {
    done++;
    return CompletableFuture.completedFuture(ANSWER);
  }

  private Replays replays() {
    return baton.replays();
  }

  private static ErrorCode code(CompletableFuture<?> future) {
    try {
      future.join();
      throw new AssertionError("it was not refused");
    } catch (CompletionException e) {
      if (e.getCause() instanceof BatonException refused) {
        return refused.code();
      }
      throw e;
    }
  }

  @Test
  void request_repeated_isDoneOnceAndAnsweredAlike() {
    Replays replays = replays();

    Replays.Replayed first = replays.once(ONCE, "f", this::work).join();
    Replays.Replayed second = replays.once(ONCE, "f", this::work).join();

    assertThat(first).isEqualTo(new Replays.Replayed(ANSWER, false));
    assertThat(second).isEqualTo(new Replays.Replayed(ANSWER, true));
    assertThat(done).isEqualTo(1);
  }

  @Test
  void key_ofAnotherRequest_isRefused() {
    Replays replays = replays();
    replays.once(ONCE, "f", this::work).join();

    assertThat(code(replays.once(ONCE, "g", this::work)))
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    assertThat(done).isEqualTo(1);
  }

  @Test
  void request_repeatedWhileItIsUnderWay_waitsForItsAnswer() {
    Replays replays = replays();
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    CompletableFuture<Replays.Replayed> first = replays.once(ONCE, "f", () -> slow);
    List<CompletableFuture<Replays.Replayed>> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(replays.once(ONCE, "f", this::work));
    }
    CompletableFuture<Replays.Replayed> foreign = replays.once(ONCE, "g", this::work);
    assertThat(others).noneMatch(CompletableFuture::isDone);

    slow.complete(ANSWER);

    assertThat(first.join().before()).isFalse();
    assertThat(others.stream().map(CompletableFuture::join))
        .allMatch(new Replays.Replayed(ANSWER, true)::equals);
    assertThat(code(foreign)).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED);
    assertThat(done).isZero();
  }

  @Test
  void request_repeatedWhileItIsUnderWay_isDoneWhenTheFirstIsRefused() {
    Replays replays = replays();
    CompletableFuture<Answer> slow = new CompletableFuture<>();
    CompletableFuture<Replays.Replayed> first = replays.once(ONCE, "f", () -> slow);
    CompletableFuture<Replays.Replayed> second = replays.once(ONCE, "f", this::work);

    slow.completeExceptionally(new BatonException(ErrorCode.INVALID_STATE, "no"));

    assertThat(code(first)).isEqualTo(ErrorCode.INVALID_STATE);
    assertThat(second.join().before()).isFalse();
    assertThat(done).isEqualTo(1);
  }

  @Test
  void refusal_isNotKept_soThatTheRequestMayBeRepeated() {
    Replays replays = replays();
    BatonException refusal = new BatonException(ErrorCode.INVALID_STATE, "no");

    assertThat(code(replays.once(ONCE, "f", () -> CompletableFuture.failedFuture(refusal))))
        .isEqualTo(ErrorCode.INVALID_STATE);
    assertThat(
            code(
                replays.once(
                    ONCE,
                    "f",
                    () -> {
                      throw refusal;
                    })))
        .isEqualTo(ErrorCode.INVALID_STATE);

    assertThat(replays.once(ONCE, "f", this::work).join().before()).isFalse();
  }

  @Test
  void refusalWithACause_isNotKeptEither() {
    Replays replays = replays();
    BatonException refusal =
        new BatonException(ErrorCode.INVALID_STATE, "no", new IllegalArgumentException("why"));

    assertThat(code(replays.once(ONCE, "f", () -> CompletableFuture.failedFuture(refusal))))
        .isEqualTo(ErrorCode.INVALID_STATE);

    assertThat(replays.once(ONCE, "f", this::work).join().before()).isFalse();
  }

  @Test
  void work_thatThrowsBeforeItBegins_leavesTheKeyFree() {
    Replays replays = replays();
    IllegalArgumentException thrown = new IllegalArgumentException("a parameter given twice");

    CompletableFuture<Replays.Replayed> first =
        replays.once(
            ONCE,
            "f",
            () -> {
              throw thrown;
            });

    assertThat(first.handle((answer, e) -> e.getCause()).join()).isSameAs(thrown);
    assertThat(replays.once(ONCE, "g", this::work).join().before()).isFalse();
  }

  @Test
  void unknownOutcome_keepsTheClaim_soThatNothingIsDoneTwice() {
    Replays replays = replays();
    BatonException unknown = new BatonException(ErrorCode.STORE_UNAVAILABLE, "no answer");
    replays.once(ONCE, "f", () -> CompletableFuture.failedFuture(unknown)).exceptionally(e -> null);

    assertThat(code(replays.once(ONCE, "f", this::work))).isEqualTo(ErrorCode.REQUEST_UNDECIDED);
    assertThat(done).isZero();
  }

  @Test
  void key_isFreeAgain_whenItsTimeIsOver() {
    Replays replays = replays();
    replays.once(ONCE, "f", this::work).join();
    clock.advance(Settings.DEFAULT.keyRetention());

    assertThat(replays.once(ONCE, "g", this::work).join().before()).isFalse();
    assertThat(done).isEqualTo(2);
  }
}
