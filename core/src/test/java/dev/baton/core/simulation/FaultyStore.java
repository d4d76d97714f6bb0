package dev.baton.core.simulation;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.Store;
import dev.baton.core.testing.ForwardingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A store whose calls fail now and then: before anything happened, or after everything did, which
 * the caller can't tell apart. Its listeners can be lost, as they are when a server restarts.
 */
final class FaultyStore extends ForwardingStore {
  private final Weather weather;
  private final List<ReadyListener> listeners = new ArrayList<>();
  private boolean healed;

  FaultyStore(Store store, Weather weather) {
    super(store);
    this.weather = weather;
    store.addReadyListener(lines -> List.copyOf(listeners).forEach(l -> l.onReady(lines)));
  }

  void heal() {
    healed = true;
  }

  void loseListeners() {
    listeners.clear();
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    if (!healed && weather.happens(weather.storeFailsBefore)) {
      return unknown();
    }
    CompletableFuture<R> outcome = super.write(urgency, work);
    return !healed && weather.happens(weather.storeFailsAfter) ? unknown() : outcome;
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return !healed && weather.happens(weather.storeFailsBefore) ? unknown() : super.read(work);
  }

  private static <R> CompletableFuture<R> unknown() {
    return CompletableFuture.failedFuture(
        new BatonException(ErrorCode.STORE_UNAVAILABLE, "the outcome is unknown"));
  }

  @Override
  public void addReadyListener(ReadyListener listener) {
    listeners.add(listener);
  }
}
