package dev.baton.app;

import dev.baton.app.config.Config;
import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.usecase.model.Executor;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.persistence.sqlite.SqliteStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs: its store, its core, its doors. Started by one thread and drained by one;
 * {@link #isBroken} may be called by another.
 */
public final class Node implements AutoCloseable {
  /** Time for requests that were accepted to be answered. */
  private static final Duration ANSWERS = Duration.ofSeconds(10);

  /** Time for the executor's calls to end, from the signal on; the rest is given back. */
  private static final Duration CALLS = Duration.ofSeconds(27);

  /** Above it an operator is told of a clock that is not the wall clock. */
  private static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(1);

  private static final Duration BALLAST_LOOK = Duration.ofMinutes(1);

  private final SqliteStore store;
  private final UpstreamClient upstream;
  private final Baton baton;
  private final HttpServer http;
  private final boolean insecure;
  private final Optional<String> answering;
  private final String durability;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread ballast;
  private volatile @Nullable Throwable failure;
  private volatile boolean draining;

  private Node(Wiring wiring, Config config, boolean insecure) {
    this.insecure = insecure;
    this.answering = ModelWiring.note(config);
    this.durability = config.store().isPowerLossSafe() ? "power-loss" : "process-crash";
    store = wiring.openStore(Path.of(config.store().url()), this::onBroken);
    upstream = wiring.upstream();
    try {
      wiring.prepareSpool();
      baton = wiring.baton(store, upstream);
      http = wiring.listen(baton, this::readiness, this::storage);
    } catch (RuntimeException e) {
      upstream.close();
      store.close();
      throw e;
    }
    baton.start();
    store.tellAddress(url().toString());
    ballast = new Thread(this::keepBallast, "baton-ballast");
    ballast.setDaemon(true);
    ballast.start();
  }

  /**
   * Opens the store, then the doors.
   *
   * @param insecure whether others than this machine may be let in, though there are no keys yet
   * @throws BatonException of {@link ErrorCode#VALIDATION_FAILED} for an address that is not
   *     allowed or can't be listened on
   */
  public static Node start(Wiring wiring, Config config, boolean insecure) {
    checkDoor(config.server().host(), insecure);
    return new Node(wiring, config, insecure);
  }

  private static void checkDoor(String host, boolean insecure) {
    try {
      if (!insecure && !InetAddress.getByName(host).isLoopbackAddress()) {
        throw new BatonException(
            ErrorCode.VALIDATION_FAILED,
            ("%s is not a loopback address, and anyone who reaches it could read every prompt:"
                    + " listen on 127.0.0.1 behind a proxy that asks for credentials, or say"
                    + " --insecure")
                .formatted(host));
      }
    } catch (UnknownHostException e) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "there is no address for " + host, e);
    }
  }

  /** Where clients reach it, by number. */
  public URI url() {
    InetSocketAddress address = http.address();
    String host = address.getAddress().getHostAddress();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + address.getPort());
  }

  public Path file() {
    return store.file();
  }

  /** What an operator should know at the start. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (insecure) {
      notes.add(
          "INSECURE: no credential is asked for; whoever reaches this port reads every prompt");
    }
    answering.ifPresent(notes::add);
    if (baton.clockAhead().abs().compareTo(CLOCK_AHEAD_MAX) > 0) {
      notes.add(
          ("CLOCK: the clock that leases are counted by is %s the wall clock, because"
                  + " this file was once used under a wrong one; leases and retries run on as they"
                  + " should. To set it right: stop this server, 'baton doctor --reset-clock'")
              .formatted(
                  DurationText.about(baton.clockAhead())
                      + (baton.clockAhead().isNegative() ? " behind" : " ahead of")));
    }
    if (!store.hasRoom()) {
      notes.add("the disk is nearly full: no new work is taken until there is room");
    }
    return notes;
  }

  private NodeStatus.Storage storage() {
    List<String> faults = new ArrayList<>();
    if (!store.hasRoom()) {
      faults.add("the disk is nearly full");
    }
    if (baton.clockAhead().abs().compareTo(CLOCK_AHEAD_MAX) > 0) {
      faults.add("the clock of leases is not the wall clock");
    }
    return new NodeStatus.Storage(
        durability,
        SqliteStore.schemaVersion(),
        store.file().toFile().getUsableSpace(),
        SqliteStore.CONNECTIONS,
        faults,
        Optional.ofNullable(failure).map(Node::reason));
  }

  private Readiness readiness() {
    List<String> reasons = new ArrayList<>();
    if (draining) {
      reasons.add("shutting down");
    }
    Optional.ofNullable(failure).map(Node::reason).ifPresent(reasons::add);
    if (!store.hasRoom()) {
      reasons.add("the disk is nearly full");
    }
    return new Readiness(reasons, insecure, baton.clockAhead().toSeconds());
  }

  /** Lays the ballast in, and again when it was given up and there is room. */
  private void keepBallast() {
    try {
      do {
        store.ensureBallast();
      } while (!closed.await(BALLAST_LOOK.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void onBroken(Throwable cause) {
    failure = cause;
    System.Logger log = System.getLogger(Node.class.getName());
    if (cause instanceof StoreRefusedException) {
      log.log(System.Logger.Level.ERROR, cause.getMessage());
    } else {
      log.log(System.Logger.Level.ERROR, "the disk failed: nothing is written any more", cause);
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof StoreRefusedException
        ? "the database was deleted, replaced or overwritten"
        : "the disk failed";
  }

  /** Whether the disk has failed, or the file is gone. */
  public boolean isBroken() {
    return failure != null;
  }

  /** What to end with, once it is broken. */
  public RuntimeException broken() {
    return failure instanceof StoreRefusedException refused
        ? refused
        : new BatonException(
            ErrorCode.STORE_UNAVAILABLE,
            "the disk failed, and what it holds is only known after a restart");
  }

  /**
   * Shows as not ready, grants no further lease, answers what was accepted, and lets the executor's
   * calls end.
   */
  public boolean drain() throws InterruptedException {
    draining = true;
    baton.leasing().stop();
    long start = System.nanoTime();
    baton.executor().ifPresent(Executor::beginDrain);
    boolean answered = http.drain(ANSWERS);
    if (baton.executor().isPresent() && !isBroken()) {
      Duration left = CALLS.minusNanos(System.nanoTime() - start);
      boolean ended = baton.executor().get().drain(left.isNegative() ? Duration.ZERO : left);
      return answered && ended;
    }
    return answered;
  }

  @Override
  public void close() {
    closed.countDown();
    http.close();
    baton.close();
    upstream.close();
  }
}
