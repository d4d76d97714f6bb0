package dev.baton.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
  private final StopSignal signal = new StopSignal();

  @Test
  void stop_tellsEachListenerOnce() {
    AtomicInteger told = new AtomicInteger();
    StopSignal.Busy open = signal.busy(told::incrementAndGet);
    signal.busy(() -> told.addAndGet(100)).close();

    signal.stop();
    signal.stop();
    open.close();

    assertThat(told).hasValue(1);
    assertThat(signal.isStopped()).isTrue();
  }

  @Test
  void busyAfterTheSignal_isToldAtOnce() {
    AtomicInteger told = new AtomicInteger();
    signal.stop();

    signal.busy(told::incrementAndGet).close();

    assertThat(told).hasValue(1);
  }

  @Test
  void stopAndAwait_waitsForWhoIsAtWork() throws Exception {
    StopSignal.Busy busy = signal.busy(() -> {});
    assertThat(signal.stopAndAwait(Duration.ofMillis(10))).isFalse();

    busy.close();

    assertThat(signal.stopAndAwait(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void stopAndAwait_nobodyAtWork_returnsAtOnce() throws Exception {
    assertThat(signal.stopAndAwait(Duration.ZERO)).isTrue();
  }

  @Test
  void await_endsWithTheSignal() throws Exception {
    assertThat(signal.await(Duration.ofMillis(1))).isFalse();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(signal::stop);

    assertThat(signal.await(Duration.ofSeconds(30))).isTrue();
    stopping.join();
  }
}
