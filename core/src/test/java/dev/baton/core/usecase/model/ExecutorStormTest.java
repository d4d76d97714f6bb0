package dev.baton.core.usecase.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.id.LeaseId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.testing.FakeModelClient;
import dev.baton.core.testing.FakeModelClient.FakeCall;
import dev.baton.core.testing.FakeModelClient.Hangs;
import dev.baton.core.testing.ForwardingStore;
import dev.baton.core.testing.InMemoryStore;
import dev.baton.core.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that can befall an executor, drawn by a seed: all faults of a model, answers that come
 * late or never, cancels, leases that run out, a store that refuses or does not say what it did,
 * processes that die. What must hold is said in {@link #everyTaskEndsOnce}.
 */
final class ExecutorStormTest {
  private static final int SEEDS = 40;
  private static final int TASKS = 60;
  private static final int STEPS = 600;
  private static final int ATTEMPTS = 4;
  private static final ExecutorSettings SETTINGS =
      ExecutorSettings.DEFAULT.withConcurrency(9).withPerTenant(7);
  private static final List<ModelName> NAMES =
      List.of(new ModelName("a"), new ModelName("b"), new ModelName("c"));

  private static final List<ModelFault> FAULTS = List.copyOf(EnumSet.allOf(ModelFault.class));

  static IntStream seeds() {
    return IntStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyTaskEndsOnce(int seed) {
    Storm storm = new Storm(seed);
    storm.blow();
    storm.calm();
    storm.check();
  }

  /** One run. */
  private static final class Storm {
    private final Random random;
    private final ManualClock clock = new ManualClock();
    private final UnreliableStore store;
    private final List<TaskId> ids = new ArrayList<>();
    private final Set<LeaseId> called = new HashSet<>();
    private final Map<ModelName, Instant> pausedUntil = new HashMap<>();
    private int seen;
    private FakeModelClient client = newClient();
    private Baton baton;
    private Executor executor;

    Storm(int seed) {
      random = new Random(seed);
      store = new UnreliableStore(random);
      baton = newBaton();
      executor = baton.executor().orElseThrow();
    }

    private static FakeModelClient newClient() {
      FakeModelClient client =
          new FakeModelClient(spec("a", 3, "b"), spec("b", 100, "c", "a"), spec("c", 2));
      client.otherwise(new Hangs());
      return client;
    }

    private static ModelSpec spec(String name, int concurrency, String... fallbacks) {
      return new ModelSpec(
          new ModelName(name),
          "fake",
          concurrency,
          OptionalInt.empty(),
          List.of(fallbacks).stream().map(ModelName::new).toList(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }

    private Baton newBaton() {
      return Baton.builder(store)
          .clock(clock)
          .random(random)
          .models(client)
          .executor(SETTINGS)
          .build();
    }

    void blow() {
      for (int i = 0; i < STEPS; i++) {
        switch (random.nextInt(12)) {
          case 0 -> submit();
          case 1 -> cancel();
          case 2, 3 -> clock.advance(Duration.ofMillis(random.nextInt(20_000)));
          case 4 -> sweep();
          case 5 -> restart();
          default -> endACall();
        }
        store.isBad = random.nextInt(4) == 0;
        executor.runOnce();
        store.isBad = false;
        look();
      }
      while (ids.size() < TASKS) {
        submit();
      }
    }

    private void submit() {
      if (ids.size() < TASKS) {
        TaskId id = new TaskId("t" + ids.size());
        ids.add(id);
        NewTask.Builder task =
            NewTask.builder(Prompt.of("p"))
                .id(id)
                .retry(RetryPolicy.DEFAULT.withMaxAttempts(1 + random.nextInt(ATTEMPTS)));
        if (random.nextInt(4) > 0) {
          task.model(NAMES.get(random.nextInt(NAMES.size())));
        }
        Baton.await(baton.submissions().submit(TenantId.DEFAULT, task.build()));
      }
    }

    private void cancel() {
      if (!ids.isEmpty() && random.nextInt(3) == 0) {
        var unused = baton.control().cancel(TenantId.DEFAULT, ids.get(random.nextInt(ids.size())));
      }
    }

    private void sweep() {
      while (Baton.await(baton.upkeep().sweep())) {
        // Page after page.
      }
      Baton.await(baton.models().endPauses());
    }

    /** The process dies with all it holds; nothing is given back. */
    private void restart() {
      if (random.nextInt(6) > 0) {
        return;
      }
      store.loseListeners();
      client = newClient();
      seen = 0;
      baton = newBaton();
      executor = baton.executor().orElseThrow();
      // What the store did not take before the end is forgotten.
      pausedUntil.clear();
      for (ModelPause pause : Baton.await(baton.models().load())) {
        pausedUntil.put(pause.model(), pause.until());
      }
    }

    private void endACall() {
      List<FakeCall> open = client.open();
      if (open.isEmpty()) {
        return;
      }
      FakeCall call = open.get(random.nextInt(open.size()));
      if (random.nextBoolean()) {
        call.answer("fine");
        return;
      }
      ModelFault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      Optional<Duration> retryAfter =
          random.nextBoolean()
              ? Optional.of(Duration.ofSeconds(1 + random.nextInt(60)))
              : Optional.empty();
      if (fault == ModelFault.RATE_LIMITED && retryAfter.isPresent()) {
        Instant until = clock.instant().plus(retryAfter.get());
        pausedUntil.merge(call.request().model(), until, (x, y) -> x.isAfter(y) ? x : y);
      }
      call.end(new ModelOutcome.Refused(fault, "storm", retryAfter));
    }

    /** What holds at every step: each call has a lease of its own, and pauses are kept. */
    private void look() {
      List<FakeCall> calls = client.calls();
      for (FakeCall call : calls.subList(seen, calls.size())) {
        LeaseId lease = LeaseId.parse(call.request().id()).orElseThrow();
        assertThat(called.add(lease)).as("a call for each lease, once: " + lease).isTrue();
        Task task = baton.find(lease.taskId()).orElseThrow();
        assertThat(task.row().leaseState().token()).isGreaterThanOrEqualTo(lease.token().value());
        Instant paused = pausedUntil.getOrDefault(call.request().model(), Instant.EPOCH);
        assertThat(clock.instant()).as("asked while paused").isAfterOrEqualTo(paused);
      }
      seen = calls.size();
      assertThat(client.open().size()).isLessThanOrEqualTo(SETTINGS.perTenant());
      assertThat(open("a")).isLessThanOrEqualTo(3);
      assertThat(open("c")).isLessThanOrEqualTo(2);
    }

    private long open(String model) {
      return client.open().stream()
          .filter(call -> call.request().model().value().equals(model))
          .count();
    }

    /** Nothing goes wrong any more. */
    void calm() {
      for (int i = 0; i < 2_000 && !isOver(); i++) {
        client.open().forEach(call -> call.answer("at last"));
        clock.advance(Duration.ofSeconds(20));
        sweep();
        executor.runOnce();
        look();
      }
    }

    private boolean isOver() {
      return ids.stream().allMatch(id -> baton.find(id).orElseThrow().state().kind().isTerminal());
    }

    void check() {
      assertThat(isOver()).isTrue();
      assertThat(executor.inHand()).isZero();
      Map<TaskId, Integer> ends = new HashMap<>();
      for (LoggedEvent logged : Baton.await(baton.insight().events(0, 1_000_000))) {
        if (logged.event() instanceof TaskEvent event) {
          switch (event.kind()) {
            case SUCCEEDED, DIED, CANCELLED -> ends.merge(event.taskId(), 1, Integer::sum);
            default -> {}
          }
        }
      }
      for (TaskId id : ids) {
        Task task = baton.find(id).orElseThrow();
        assertThat(ends.get(id)).as("ends of " + id).isEqualTo(1);
        assertThat(task.row().leaseState().attempts())
            .isLessThanOrEqualTo(task.row().terms().retry().maxAttempts());
      }
      baton.close();
    }
  }

  /** Refuses some works, and of some that it did it says that it does not know. */
  private static final class UnreliableStore extends ForwardingStore {
    private final List<ReadyListener> ready = new ArrayList<>();
    private final List<EventListener> events = new ArrayList<>();
    private final Random random;
    private boolean isBad;

    UnreliableStore(Random random) {
      super(new InMemoryStore());
      this.random = random;
      super.addReadyListener(lines -> List.copyOf(ready).forEach(l -> l.onReady(lines)));
      super.addEventListener(logged -> List.copyOf(events).forEach(l -> l.onEvents(logged)));
    }

    void loseListeners() {
      ready.clear();
      events.clear();
    }

    @Override
    public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
      if (isBad && random.nextInt(5) == 0) {
        return unknown();
      }
      CompletableFuture<R> outcome = super.write(urgency, work);
      return isBad && random.nextInt(5) == 0 ? unknown() : outcome;
    }

    @Override
    public <R> CompletableFuture<R> read(Work<R> work) {
      return isBad && random.nextInt(5) == 0 ? unknown() : super.read(work);
    }

    private static <R> CompletableFuture<R> unknown() {
      return CompletableFuture.failedFuture(
          new BatonException(ErrorCode.STORE_UNAVAILABLE, "the outcome is unknown"));
    }

    @Override
    public void addReadyListener(ReadyListener listener) {
      ready.add(listener);
    }

    @Override
    public void addEventListener(EventListener listener) {
      events.add(listener);
    }
  }
}
