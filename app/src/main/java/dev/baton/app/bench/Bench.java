package dev.baton.app.bench;

import dev.baton.core.Baton;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.out.model.ModelRouter;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import dev.baton.persistence.file.FileBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Measures Baton beside what the driver and the disk can do at all. Machines are noisy, so each
 * round measures everything once, and the middle of the rounds' ratios is told. Databases are made
 * in one directory and removed.
 */
public final class Bench {
  private static final int TEXT = 1_024;
  private static final int PER_COMMIT = 64;
  private static final int ROUNDS = 3;
  private static final int BACKLOG_SMALL = 1_000;
  private static final int BACKLOG_LARGE = 1_000_000;
  private static final int LEASES = 200;
  private static final int BATCH_ROWS = 100_000;
  private static final int BATCH_CALLS = 256;
  private static final int WAKE_UPS = 500;
  private static final int EXECUTOR_TASKS = 100_000;
  private static final int EXECUTOR_CALLS = 64;
  private static final int HERD = 10_000;
  private static final int MESSAGES = 100_000;
  private static final Duration MESSAGES_PATIENCE = Duration.ofMinutes(20);
  private static final Duration HERD_EXPIRY = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final StoreOptions OPTIONS = StoreOptions.DEFAULT.withLowWater(0);

  /** The things that can be measured; {@code all} is all of them. */
  public static final List<String> WHAT =
      List.of(
          "raw",
          "embedded",
          "http",
          "backlog",
          "wakeup",
          "batch",
          "executor",
          "herd",
          "webhooks",
          "all");

  private final Path directory;
  private final Duration duration;
  private final Report report;
  private int files;

  /** Is told of each figure as it is known. */
  @FunctionalInterface
  public interface Report {
    void figure(String name, double value, String unit);
  }

  /**
   * @param directory empty; removed with what is in it by {@link #run}
   * @param duration of each measurement
   */
  public Bench(Path directory, Duration duration, Report report) {
    this.directory = directory;
    this.duration = duration;
    this.report = report;
  }

  /**
   * Measures one of {@link #WHAT}.
   *
   * @param callers threads, and connections over HTTP
   * @param listSize tasks in one call, where lists are measured
   */
  public void run(String what, int callers, int listSize) throws IOException, InterruptedException {
    try {
      boolean all = what.equals("all");
      if (all || what.equals("raw") || what.equals("embedded") || what.equals("http")) {
        throughput(what, callers, listSize);
      }
      if (all || what.equals("wakeup")) {
        wakeUp();
      }
      if (all || what.equals("executor")) {
        executor();
      }
      if (all || what.equals("herd")) {
        herd();
      }
      if (all || what.equals("webhooks")) {
        webhooks();
      }
      if (all || what.equals("batch")) {
        batch();
      }
      if (all || what.equals("backlog")) {
        backlog();
      }
    } finally {
      removeAll();
    }
  }

  private void throughput(String what, int callers, int listSize)
      throws IOException, InterruptedException {
    boolean embedded = what.equals("all") || what.equals("embedded");
    boolean http = what.equals("all") || what.equals("http");
    double[] single = new double[ROUNDS];
    double[] lists = new double[ROUNDS];
    double[] web = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      if (round == 0) {
        // The compiler works for seconds on what has not run before, and on the same processors.
        warmUp(embedded, http, callers, listSize);
      }
      double raw = raw();
      report.figure("raw limit", raw, "cycles/s");
      if (embedded) {
        single[round] = told("embedded, " + callers + " callers", embedded(callers, 1), raw);
        lists[round] = told("embedded, lists of " + listSize, embedded(2, listSize), raw);
      }
      if (http) {
        web[round] = told("http, " + callers + " connections", http(callers), raw);
      }
      removeAll();
    }
    if (embedded) {
      report.figure("median: embedded, " + callers + " callers", median(single), "% of raw");
      report.figure("median: embedded, lists of " + listSize, median(lists), "% of raw");
    }
    if (http) {
      report.figure("median: http, " + callers + " connections", median(web), "% of raw");
    }
  }

  private void warmUp(boolean embedded, boolean http, int callers, int listSize)
      throws IOException, InterruptedException {
    raw();
    if (embedded) {
      embedded(callers, 1);
      embedded(2, listSize);
    }
    if (http) {
      http(callers);
      http(callers);
    }
    removeAll();
  }

  /** Tells of a rate and gives its share of the raw limit, in per cent. */
  private double told(String name, double rate, double raw) {
    report.figure(name, rate, "cycles/s");
    return 100 * rate / raw;
  }

  private double raw() {
    Path file = newFile();
    SqlStores.open(file, OPTIONS).close();
    return RawLimit.cyclesPerSecond(file, PER_COMMIT, TEXT, duration);
  }

  private double embedded(int callers, int listSize) throws InterruptedException {
    try (Baton baton = open()) {
      return new EmbeddedLoad(baton, TEXT).cyclesPerSecond(callers, listSize, duration);
    }
  }

  private double http(int connections) throws IOException, InterruptedException {
    try (Baton baton = open();
        HttpServer server = serve(baton)) {
      double rate = new HttpLoad(server.address(), TEXT).cyclesPerSecond(connections, duration);
      server.drain(DRAIN);
      return rate;
    }
  }

  private void wakeUp() throws IOException {
    try (Baton baton = open();
        HttpServer server = serve(baton)) {
      WakeUp wakeUp = new WakeUp(server.address());
      wakeUp.measure(WAKE_UPS);
      double[] times = wakeUp.measure(WAKE_UPS);
      report.figure("long-poll wake-up, p50", times[WAKE_UPS / 2], "ms");
      report.figure("long-poll wake-up, p99", times[WAKE_UPS * 99 / 100], "ms");
    }
  }

  private void executor() throws IOException {
    double[] shares = new double[ROUNDS];
    new ExecutorLoad(SqlStores.open(newFile(), OPTIONS), TEXT)
        .cyclesPerSecond(EXECUTOR_TASKS / 5, EXECUTOR_CALLS);
    for (int round = 0; round < ROUNDS; round++) {
      double raw = raw();
      report.figure("raw limit", raw, "cycles/s");
      ExecutorLoad load = new ExecutorLoad(SqlStores.open(newFile(), OPTIONS), TEXT);
      double rate = load.cyclesPerSecond(EXECUTOR_TASKS, EXECUTOR_CALLS);
      shares[round] =
          told("executor, 100,000 tasks, %d calls at once".formatted(EXECUTOR_CALLS), rate, raw);
      removeAll();
    }
    report.figure("median: executor", median(shares), "% of raw");
  }

  private void herd() throws InterruptedException {
    try (Baton baton = open()) {
      ExpiryLoad.Stampede stampede = new ExpiryLoad(baton, TEXT).measure(HERD, HERD_EXPIRY);
      List<Double> times = stampede.answerMillis();
      report.figure("herd: 10,000 expired leases, all leased again", stampede.againSeconds(), "s");
      report.figure("herd: answers meanwhile", times.size(), "answers");
      report.figure("herd: answer meanwhile, p50", times.get(times.size() / 2), "ms");
      report.figure("herd: answer meanwhile, p99", times.get(times.size() * 99 / 100), "ms");
    }
  }

  private void webhooks() throws IOException {
    WebhookLedger ledger = new WebhookLedger();
    WebhookLoad load =
        new WebhookLoad(SqlStores.open(newFile(), OPTIONS), TEXT, ledger, UnaryOperator.identity());
    WebhookLoad.Storm storm = load.run(MESSAGES, MESSAGES_PATIENCE);
    List<String> complaints = ledger.complaints();
    if (!complaints.isEmpty()) {
      throw new IllegalStateException("webhooks: " + complaints);
    }
    report.figure(
        "webhooks: 100,000 messages, none lost", MESSAGES / storm.seconds(), "messages/s");
    report.figure("webhooks: attempts at them", storm.requests(), "attempts");
    report.figure("webhooks: repeats, under the same id", ledger.repeats(), "messages");
    report.figure("webhooks: disabled by 410 and enabled again", storm.disabled(), "times");
  }

  private void batch() throws IOException, InterruptedException {
    double[] shares = new double[ROUNDS];
    batchOnce(BATCH_ROWS / 10);
    for (int round = 0; round < ROUNDS; round++) {
      double raw = raw();
      report.figure("raw limit", raw, "cycles/s");
      BatchLoad.Times times = batchOnce(BATCH_ROWS);
      report.figure("batch of 100,000 rows, in", BATCH_ROWS / times.in(), "rows/s");
      report.figure("batch of 100,000 rows, run", BATCH_ROWS / times.run(), "cycles/s");
      report.figure("batch of 100,000 rows, out", BATCH_ROWS / times.out(), "rows/s");
      shares[round] = told("batch of 100,000 rows, end to end", BATCH_ROWS / times.whole(), raw);
      removeAll();
    }
    report.figure("median: batch of 100,000 rows", median(shares), "% of raw");
  }

  private BatchLoad.Times batchOnce(int rows) throws IOException, InterruptedException {
    BatchLoad.write(directory.resolve("rows.csv"), rows, TEXT);
    ExecutorSettings settings = ExecutorSettings.DEFAULT.withConcurrency(BATCH_CALLS);
    try (Baton baton =
        Baton.builder(SqlStores.open(newFile(), OPTIONS))
            .models(ModelRouter.echo())
            .executor(settings)
            .build()
            .start()) {
      return new BatchLoad(baton, FileBatches.under(directory, Optional.empty())).run("rows.csv");
    }
  }

  private void backlog() {
    LeaseCost.Medians medians =
        new LeaseCost(directory, TEXT).measure(BACKLOG_SMALL, BACKLOG_LARGE, LEASES);
    report.figure("lease with a short line", medians.shortLine(), "us");
    report.figure("lease with 1,000,000 waiting and finished", medians.longLine(), "us");
    report.figure("lease, long line to short", medians.longLine() / medians.shortLine(), "times");
  }

  private Baton open() {
    return Baton.builder(SqlStores.open(newFile(), OPTIONS)).build().start();
  }

  private static HttpServer serve(Baton baton) {
    return HttpServer.builder().dialect(new BridgeDialect(baton, BridgeSettings.DEFAULT)).start();
  }

  private Path newFile() {
    files++;
    return directory.resolve("bench-" + files + ".db");
  }

  private void removeAll() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(directory)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
