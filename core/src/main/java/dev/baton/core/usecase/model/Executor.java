package dev.baton.core.usecase.model;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Multiset;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.port.Store.EventListener;
import dev.baton.core.port.Store.Line;
import dev.baton.core.port.Store.ReadyListener;
import dev.baton.core.runtime.Loop;
import dev.baton.core.usecase.task.WorkerPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The holder within the process: takes tasks of its queues under ordinary leases, asks models, and
 * stores what came of it. Whatever it drops is handed on when its lease ends, as any holder's.
 *
 * <p>One thread, named {@code baton-executor}, from {@link #start} to {@link #close}; calls are
 * futures and hold none. Tests call {@link #runOnce} instead. What happens on other threads comes
 * through an inbox, which holds no more than a few entries for each task in hand and one for each
 * tenant. Thread-safe.
 */
public final class Executor implements ReadyListener, EventListener, AutoCloseable {
  /** How late what is due may be noticed, when nothing happens meanwhile. */
  private static final Duration TICK = Duration.ofMillis(100);

  /** For tasks that are given back at the end to be stored so. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(3);

  /** What befalls a task in hand through its holder, or before it has one. */
  private static final Set<TaskEvent.Kind> OWN_DOING =
      Sets.immutableEnumSet(
          TaskEvent.Kind.SUBMITTED,
          TaskEvent.Kind.READIED,
          TaskEvent.Kind.LEASED,
          TaskEvent.Kind.SUCCEEDED,
          TaskEvent.Kind.FAILED,
          TaskEvent.Kind.RELEASED);

  private static final System.Logger LOG = System.getLogger(Executor.class.getName());

  private final LeaseFetcher asking;
  private final CallRunner carrying;
  private final Slots slots;
  private final ExecutorSettings settings;
  private final ExecutorParts parts;
  private final Set<ModelName> offered;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Set<TenantId> hinted = ConcurrentHashMap.newKeySet();
  private final CountDownLatch idle = new CountDownLatch(1);
  private final Object step = new Object();
  private final Loop loop;

  @GuardedBy("step")
  private boolean draining;

  private volatile Map<ModelName, Integer> calls = Map.of();
  private volatile boolean started;
  private volatile boolean closed;

  /** Takes nothing until it is started or stepped. */
  public Executor(ExecutorParts parts, ExecutorSettings settings) {
    this.parts = requireNonNull(parts, "parts");
    this.settings = requireNonNull(settings, "settings");
    slots = new Slots(settings, parts.models());
    carrying = new CallRunner(parts, settings, slots, this::post);
    asking = new LeaseFetcher(parts, settings, slots, this::post, this::begin);
    offered = parts.models().routes().names();
    // Whatever a step throws, the tasks in hand need somebody.
    loop =
        new Loop(
            "baton-executor",
            TICK,
            this::runOnce,
            thrown -> LOG.log(System.Logger.Level.ERROR, "a step of the executor failed", thrown));
  }

  /** Begins to work; call once. */
  public void start() {
    started = true;
    loop.start();
  }

  private void post(Runnable message) {
    inbox.add(message);
    loop.wake();
  }

  /**
   * Does all that can be done now: takes tasks there is room for, starts their calls, stores ends,
   * pieces and heartbeats. Does not wait for what it began.
   */
  public void runOnce() {
    synchronized (step) {
      // First of all, so that its own leases are known as such.
      tell();
      do {
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
          next.run();
        }
        Instant now = parts.clock().instant();
        carrying.step(now);
        int backlog = carrying.size() - slots.running();
        if (!draining) {
          asking.step(now, CallRunner.UNSTORED_MAX - backlog);
        } else if (carrying.size() == 0 && !asking.isAsking()) {
          idle.countDown();
        }
        tell();
      } while (!inbox.isEmpty());
    }
  }

  @GuardedBy("step")
  private void tell() {
    calls = Map.copyOf(slots.byModel());
    parts
        .askers()
        .serve(
            draining
                ? WorkerPresence.Serving.NOBODY
                : new WorkerPresence.Serving(
                    Optional.of(settings.worker()),
                    Set.copyOf(settings.queues()),
                    slots.running(),
                    settings.concurrency(),
                    slots.full(),
                    offered.isEmpty(),
                    offered));
  }

  private void begin(LeasedTask task) {
    synchronized (step) {
      if (draining) {
        carrying.giveBack(task);
      } else {
        carrying.begin(task);
      }
    }
  }

  @Override
  public void onReady(Multiset<Line> lines) {
    for (Line line : lines.elementSet()) {
      if (settings.queues().contains(line.queue()) && hinted.add(line.tenant())) {
        post(
            () -> {
              hinted.remove(line.tenant());
              asking.hint(line.tenant());
            });
      }
    }
  }

  /** If something happened to a task in hand, whether it still may be is asked at once. */
  @Override
  public void onEvents(List<LoggedEvent> events) {
    for (LoggedEvent logged : events) {
      if (logged.event() instanceof TaskEvent event
          && !OWN_DOING.contains(event.kind())
          && carrying.isInFlight(event.tenant(), event.taskId())) {
        post(() -> carrying.verify(event.tenant(), event.taskId()));
      }
    }
  }

  /** How many calls of which model are under way, as of its last step; none is left out. */
  public Map<ModelName, Integer> calls() {
    return calls;
  }

  /** How many tasks it has in hand. */
  public int inHand() {
    return carrying.size();
  }

  /** Takes nothing new from now on; what it has goes on. Returns at once. */
  public void beginDrain() {
    post(
        () -> {
          synchronized (step) {
            draining = true;
          }
        });
  }

  /**
   * Takes nothing new, lets calls finish for {@code atMost}, then gives the rest back, uncounted.
   * Blocks up to 3 s longer than that, until nothing is in hand; true when nothing had to be given
   * back. For an executor that was started.
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    beginDrain();
    if (idle.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      return true;
    }
    post(carrying::giveUp);
    if (!idle.await(GIVING_BACK.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(System.Logger.Level.WARNING, "tasks in flight could not be released");
    }
    return false;
  }

  /**
   * Gives back what it has, and ends its thread. An executor that was only stepped leaves what it
   * has to the end of the leases.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      if (started) {
        drain(Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      parts.askers().serve(WorkerPresence.Serving.NOBODY);
      loop.close(Duration.ZERO);
    }
  }
}
