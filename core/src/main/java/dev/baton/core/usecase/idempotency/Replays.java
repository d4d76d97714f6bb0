package dev.baton.core.usecase.idempotency;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.RequestRows.Answer;
import dev.baton.core.port.RequestRows.Kept;
import dev.baton.core.port.RequestRows.Name;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Does what a request asks once, however often it comes: keeps answers by a key that the client
 * chose. For requests whose use case knows no key itself. Thread-safe.
 *
 * <p>The key is claimed before the work begins and the answer kept after it, so work whose end
 * nobody saw is never begun again under its key: such a request is refused until the claim stands
 * no longer, see {@link IdempotencyKeys}, and its client has to look what came of it.
 */
public final class Replays {
  /** Characters of an answer that is kept; a longer one is replaced by the refusal to repeat it. */
  public static final int BODY_MAX = 256 << 10;

  private final Store store;
  private final InstantSource clock;
  private final IdempotencyKeys keys;

  /** Completes when a request that this process does is over, whatever came of it. */
  private final Map<Name, CompletableFuture<Boolean>> underWay = new ConcurrentHashMap<>();

  public Replays(Store store, InstantSource clock, IdempotencyKeys keys) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
    this.keys = requireNonNull(keys, "keys");
  }

  /** An answer, and whether it was given before. */
  public record Replayed(Answer answer, boolean before) {}

  /**
   * The kept answer of the request, or what {@code work} answers now.
   *
   * <p>Waits while this process does a request of the same key. Refused with {@link
   * ErrorCode#IDEMPOTENCY_KEY_REUSED} when the key was used for another request, with {@link
   * ErrorCode#REQUEST_UNDECIDED} when it was used for this one and its answer is not known. A
   * refusal by {@code work} is passed on and not kept, and the key is free for another try, unless
   * it is unknown what was done.
   *
   * @param work which has begun nothing when it throws instead of returning a future
   * @param fingerprint the same for requests that ask the same
   */
  public CompletableFuture<Replayed> once(
      Name name, String fingerprint, Supplier<CompletableFuture<Answer>> work) {
    CompletableFuture<Boolean> over = new CompletableFuture<>();
    CompletableFuture<Boolean> earlier = underWay.putIfAbsent(name, over);
    if (earlier != null) {
      return earlier.thenCompose(done -> once(name, fingerprint, work));
    }
    return claim(name, fingerprint)
        .thenCompose(
            kept ->
                kept.map(answer -> CompletableFuture.completedFuture(new Replayed(answer, true)))
                    .orElseGet(() -> begin(name, fingerprint, work)))
        .whenComplete(
            (answer, thrown) -> {
              underWay.remove(name, over);
              over.complete(true);
            });
  }

  private CompletableFuture<Optional<Answer>> claim(Name name, String fingerprint) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          Instant now = clock.instant();
          Optional<Kept> kept =
              tx.requests().find(name).filter(known -> keys.stands(known.since(), now));
          if (kept.isEmpty()) {
            tx.requests().put(name, new Kept(fingerprint, now, Optional.empty()));
            return Optional.<Answer>empty();
          }
          IdempotencyKeys.checkSame(kept.get().fingerprint(), fingerprint);
          return Optional.of(
              kept.get()
                  .answer()
                  .orElseThrow(
                      () ->
                          new BatonException(
                              ErrorCode.REQUEST_UNDECIDED,
                              "the outcome of the request with this idempotency key is unknown: check"
                                  + " before you repeat it with another key")));
        });
  }

  private CompletableFuture<Replayed> begin(
      Name name, String fingerprint, Supplier<CompletableFuture<Answer>> work) {
    CompletableFuture<Answer> answer;
    try {
      answer = work.get();
    } catch (RuntimeException thrown) {
      return undone(name, thrown);
    }
    return answer
        .exceptionallyCompose(
            thrown -> isUndone(thrown) ? undone(name, thrown) : failedFuture(thrown))
        .thenCompose(given -> keep(name, fingerprint, given));
  }

  /** Frees the key. If that fails, too, the client has to hear of the first trouble. */
  private <T> CompletableFuture<T> undone(Name name, Throwable thrown) {
    return forget(name)
        .handle((gone, failure) -> thrown)
        .thenCompose(CompletableFuture::failedFuture);
  }

  private CompletableFuture<Replayed> keep(Name name, String fingerprint, Answer answer) {
    if (answer.body().length() > BODY_MAX) {
      return CompletableFuture.completedFuture(new Replayed(answer, false));
    }
    return store.write(
        Urgency.CARRY,
        tx -> {
          tx.requests().put(name, new Kept(fingerprint, clock.instant(), Optional.of(answer)));
          return new Replayed(answer, false);
        });
  }

  /** Whether it is certain that nothing was done. */
  private static boolean isUndone(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    return cause instanceof BatonException refused && refused.code() != ErrorCode.STORE_UNAVAILABLE;
  }

  private CompletableFuture<Boolean> forget(Name name) {
    return store.write(
        Urgency.CARRY,
        tx -> {
          tx.requests().remove(name);
          return true;
        });
  }
}
