package dev.baton.app.crash;

import dev.baton.app.crash.Bridge.Grant;
import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Recorder.ServerDownException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Clients at work while their server comes and goes. One thread steers; what goes wrong in a client
 * is thrown when it is stopped.
 */
final class Campaign implements AutoCloseable {
  private static final int CLIENTS = 8;
  private static final int DRAIN_LEASE_SECONDS = 5;

  private final Path database;
  private final Starter starter;
  private final Random random;
  private final History history;
  private final Names names = new Names();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<CrashClient> clients = new ArrayList<>();
  private final List<Future<?>> runs = new ArrayList<>();
  private final List<Long> startMillis = new ArrayList<>();
  private volatile @Nullable InetSocketAddress address;
  private @Nullable ServerProcess server;

  /** Starts a server on a database. */
  @FunctionalInterface
  interface Starter {
    ServerProcess start(Path database) throws IOException;
  }

  Campaign(Path directory, Starter starter, long seed) throws IOException {
    Files.createDirectories(directory);
    this.database = directory.resolve("baton.db");
    this.starter = starter;
    this.random = new Random(seed);
    this.history = new History(directory.resolve("history.jsonl"));
  }

  /** Starts the server and waits until it listens. */
  ServerProcess startServer() throws IOException, InterruptedException {
    long before = System.nanoTime();
    ServerProcess started = launch();
    up(started.address());
    startMillis.add((System.nanoTime() - before) / 1_000_000);
    return started;
  }

  private ServerProcess launch() throws IOException {
    ServerProcess started = starter.start(database);
    server = started;
    return started;
  }

  private void up(InetSocketAddress listening) {
    mark(Op.UP);
    address = listening;
  }

  /** Kills the server with SIGKILL, if there is one. */
  void killServer() {
    if (server != null) {
      server.kill();
      down();
    }
  }

  /** Is to be told when the server ended otherwise. */
  void down() {
    address = null;
    server = null;
    mark(Op.DOWN);
  }

  private void mark(Op op) {
    long now = Recorder.now();
    history.add(Event.of("steer", op).span(now, now).build());
  }

  void startClients() {
    for (int i = 0; i < CLIENTS; i++) {
      CrashClient client =
          new CrashClient(recorder("client-" + i), names, new Random(random.nextLong()));
      clients.add(client);
      runs.add(threads.submit(client));
    }
  }

  void stopClients() throws InterruptedException {
    clients.forEach(CrashClient::stop);
    for (Future<?> run : runs) {
      join(run, Duration.ofSeconds(30));
    }
    clients.clear();
    runs.clear();
  }

  /** Lets the clients work for a while. */
  void work(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end && runs.stream().noneMatch(Future::isDone)) {
      LockSupport.parkNanos(Math.min(end - System.nanoTime(), 20_000_000));
    }
  }

  /** Starts the server, lets it work up to so long, and kills it, now and then while it starts. */
  void cycle(Duration uptimeMax) throws IOException, InterruptedException {
    if (random.nextInt(8) == 0) {
      ServerProcess started = launch();
      work(Duration.ofMillis(100 + random.nextInt(900)));
      if (started.listening().isDone()) {
        up(started.address());
      }
    } else {
      startServer();
      work(Duration.ofMillis(20 + random.nextInt((int) uptimeMax.toMillis())));
    }
    killServer();
  }

  /**
   * Answers all there is to answer, or gives up; then reads every task that anybody was told of.
   */
  void drain(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    inParallel(
        i -> {
          try (Recorder recorder = recorder("drain-" + i)) {
            drain(new Bridge(recorder), end);
          }
          return null;
        });
    List<String> taskIds = names.acked();
    inParallel(
        i -> {
          try (Recorder recorder = recorder("reader-" + i)) {
            Bridge bridge = new Bridge(recorder);
            for (int k = i; k < taskIds.size(); k += CLIENTS) {
              bridge.read(Op.FINAL_READ, taskIds.get(k), true);
            }
          }
          return null;
        });
  }

  private static void drain(Bridge bridge, long end) throws ServerDownException {
    while (System.nanoTime() < end) {
      List<Grant> grants = bridge.leaseSeveral(DRAIN_LEASE_SECONDS, 20);
      for (Grant grant : grants) {
        bridge.complete(grant, true, "drained " + grant.leaseId());
      }
      if (grants.isEmpty()) {
        if (!bridge.any("held") && !bridge.any("ready") && !bridge.any("leased")) {
          return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private interface Part {
    @Nullable Void run(int number) throws Exception;
  }

  private void inParallel(Part part) throws InterruptedException {
    List<Future<?>> parts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int number = i;
      Callable<@Nullable Void> call = () -> part.run(number);
      parts.add(threads.submit(call));
    }
    for (Future<?> running : parts) {
      join(running, Duration.ofMinutes(5));
    }
  }

  private static void join(Future<?> future, Duration atMost) throws InterruptedException {
    try {
      future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a client failed", e);
    }
  }

  private Recorder recorder(String proc) {
    return new Recorder(proc, history, () -> address);
  }

  /** Milliseconds from each start of the process to listening. */
  List<Long> startMillis() {
    return startMillis;
  }

  Report check() throws IOException {
    return Checker.check(history.read());
  }

  @Override
  public void close() throws IOException {
    clients.forEach(CrashClient::stop);
    threads.shutdownNow();
    if (server != null) {
      server.close();
    }
    history.close();
  }
}
