package dev.baton.core.testing;

import dev.baton.core.port.Store;
import java.util.concurrent.CompletableFuture;

/** Hands each call on to another store; a test overrides what it wants otherwise. */
public class ForwardingStore implements Store {
  private final Store inner;

  public ForwardingStore(Store inner) {
    this.inner = inner;
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    return inner.write(urgency, work);
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return inner.read(work);
  }

  @Override
  public void addReadyListener(ReadyListener listener) {
    inner.addReadyListener(listener);
  }

  @Override
  public void addEventListener(EventListener listener) {
    inner.addEventListener(listener);
  }

  @Override
  public boolean isShared() {
    return inner.isShared();
  }

  @Override
  public void close() {
    inner.close();
  }
}
