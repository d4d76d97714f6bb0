package dev.baton.app;

import dev.baton.core.port.Store;
import java.util.concurrent.CompletableFuture;

/** For what only describes routes, and asks nothing of them. */
final class NoStore implements Store {

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    throw new IllegalStateException("there is no store here");
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    throw new IllegalStateException("there is no store here");
  }

  @Override
  public void addReadyListener(ReadyListener listener) {}

  @Override
  public void addEventListener(EventListener listener) {}

  @Override
  public void close() {}
}
