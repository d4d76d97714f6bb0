package dev.baton.app;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.transport.ServerStats;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The process as it is when it is asked. Thread-safe. */
final class NodeStatusReader implements NodeStatus {
  private final Supplier<ServerStats> http;
  private final Supplier<Storage> storage;
  private final long begun = System.nanoTime();

  /**
   * @param http is asked only once the server listens
   */
  NodeStatusReader(Supplier<ServerStats> http, Supplier<Storage> storage) {
    this.http = requireNonNull(http, "http");
    this.storage = requireNonNull(storage, "storage");
  }

  @Override
  public double cpu() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, Math.min(1, system.getCpuLoad()))
        : 0;
  }

  @Override
  public double memory() {
    Runtime runtime = Runtime.getRuntime();
    double used = (double) runtime.totalMemory() - runtime.freeMemory();
    return used / runtime.maxMemory();
  }

  @Override
  public int connections() {
    return http.get().connections();
  }

  @Override
  public long uptimeSeconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }

  @Override
  public Storage storage() {
    return storage.get();
  }
}
