package dev.baton.core.usecase.batch;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.Store;
import dev.baton.core.testing.ForwardingStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Commits so many writes, then nothing more: as if its process had been killed. */
public final class CutShortStore extends ForwardingStore {
  private int writesLeft;

  public CutShortStore(Store store, int writes) {
    super(store);
    this.writesLeft = writes;
  }

  /** Runs until the end, or until the kill. */
  public void run(Runnable work) {
    try {
      work.run();
    } catch (CompletionException | BatonException killed) {
      if (writesLeft > 0) {
        throw killed;
      }
    }
  }

  private static <R> CompletableFuture<R> killed() {
    return CompletableFuture.failedFuture(
        new BatonException(ErrorCode.STORE_UNAVAILABLE, "killed"));
  }

  @Override
  public synchronized <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    if (writesLeft == 0) {
      return killed();
    }
    writesLeft--;
    return super.write(urgency, work);
  }

  @Override
  public synchronized <R> CompletableFuture<R> read(Work<R> work) {
    return writesLeft == 0 ? killed() : super.read(work);
  }

  /** It hears of nothing: what others commit would otherwise use up its writes, now and then. */
  @Override
  public void addEventListener(EventListener listener) {}

  @Override
  public void close() {}
}
