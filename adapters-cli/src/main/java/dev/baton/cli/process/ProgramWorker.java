package dev.baton.cli.process;

import dev.baton.cli.process.WorkLog.Ending;
import dev.baton.cli.shared.Patience;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Texts;
import dev.baton.cli.task.LeasedParts;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leases prompts one after the other and has a program answer them. Runs on one thread. */
final class ProgramWorker implements Runnable {
  private static final Duration LONG_POLL = Duration.ofSeconds(30);
  private static final Duration SLICE = Duration.ofMillis(100);

  private final TaskClient server;
  private final WorkOptions options;
  private final WorkLog log;
  private final StopSignal stop;
  private final Path directory;
  private final Patience patience;

  private final Object lock = new Object();
  // Guarded by lock: set while this worker waits for a prompt and may be interrupted.
  private @Nullable Thread waiting;

  ProgramWorker(
      TaskClient server, WorkOptions options, WorkLog log, StopSignal stop, Path directory) {
    this.server = server;
    this.options = options;
    this.log = log;
    this.stop = stop;
    this.directory = directory;
    this.patience = new Patience(stop, log::say);
  }

  /** Works until the signal is given, or there was nothing to do for long enough. */
  @Override
  public void run() {
    StopSignal.Busy busy = stop.busy(this::stopWaiting);
    try {
      long idleSince = System.nanoTime();
      while (!stop.isStopped()) {
        List<Granted> leased = lease(remainingWait(idleSince));
        leased.forEach(this::work);
        if (leased.isEmpty() ? isTired(idleSince) : options.once()) {
          return;
        }
        idleSince = leased.isEmpty() ? idleSince : System.nanoTime();
      }
    } finally {
      busy.close();
    }
  }

  private boolean isTired(long idleSince) {
    return options.patience().isPresent() && remainingWait(idleSince).isZero();
  }

  private Duration remainingWait(long idleSince) {
    Duration idle = Duration.ofNanos(System.nanoTime() - idleSince);
    Duration left = options.patience().map(p -> p.minus(idle)).orElse(LONG_POLL);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(LONG_POLL) < 0 ? left : LONG_POLL;
  }

  private List<Granted> lease(Duration wait) {
    TaskClient.Ask ask =
        new TaskClient.Ask(
            options.queues(), options.worker(), options.lease(), 1, options.models());
    return patience.ask(
        () -> {
          synchronized (lock) {
            if (stop.isStopped()) {
              return List.of();
            }
            waiting = Thread.currentThread();
          }
          try {
            return server.lease(ask, wait);
          } finally {
            synchronized (lock) {
              waiting = null;
              // The interrupt was meant for the wait; what comes now must not be disturbed.
              boolean unused = Thread.interrupted();
            }
          }
        });
  }

  private void stopWaiting() {
    synchronized (lock) {
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  private void work(Granted task) {
    long start = System.nanoTime();
    Ending ending;
    if (stop.isStopped()) {
      ending = release(task);
    } else {
      ending = runProgram(task);
    }
    log.ended(task, ending, Duration.ofNanos(System.nanoTime() - start));
  }

  private Ending runProgram(Granted task) {
    boolean started = false;
    try (ChildProgram program =
        ChildProgram.start(
            options.command(), LeasedParts.variables(task), input(task), directory)) {
      started = true;
      return settle(task, program, watch(task, program));
    } finally {
      if (!started) {
        release(task);
      }
    }
  }

  private String input(Granted task) {
    return switch (options.input()) {
      case TEXT -> task.prompt().text();
      case JSON -> LeasedParts.json(task);
    };
  }

  /** Why watching ended. */
  private enum Watched {
    EXITED,
    STOPPED,
    TIMED_OUT,
    TOO_LARGE,
    LOST
  }

  /** Waits for the end and keeps the lease meanwhile; kills the program when it must not go on. */
  private Watched watch(Granted task, ChildProgram program) {
    Heartbeat heartbeat = new Heartbeat(server, task.lease(), options.lease(), log);
    long start = System.nanoTime();
    Watched watched = null;
    while (watched == null) {
      if (ended(program)) {
        return program.outputBytes() > Texts.ANSWER_MAX ? Watched.TOO_LARGE : Watched.EXITED;
      }
      Duration running = Duration.ofNanos(System.nanoTime() - start);
      if (stop.isStopped()) {
        watched = Watched.STOPPED;
      } else if (!heartbeat.beatIfDue()) {
        watched = Watched.LOST;
      } else if (options.timeout().filter(max -> running.compareTo(max) > 0).isPresent()) {
        watched = Watched.TIMED_OUT;
      } else if (program.outputBytes() > Texts.ANSWER_MAX) {
        watched = Watched.TOO_LARGE;
      }
    }
    program.kill();
    return watched;
  }

  private boolean ended(ChildProgram program) {
    try {
      return program.waitFor(SLICE, log::programSaid);
    } catch (InterruptedException e) {
      // Nobody interrupts a working thread but whoever wants the whole process to end.
      stop.stop();
      return false;
    }
  }

  private Ending settle(Granted task, ChildProgram program, Watched watched) {
    return switch (watched) {
      case LOST -> {
        log.say("task %s: the lease is lost, the program was ended".formatted(task.taskId()));
        yield Ending.DROPPED;
      }
      case STOPPED -> release(task);
      case TIMED_OUT -> fail(task, Failure.retryable("TIMEOUT", "no answer within " + limit()));
      case TOO_LARGE ->
          fail(
              task,
              Failure.permanent(
                  "OUTPUT_TOO_LARGE", "the answer is over %d bytes".formatted(Texts.ANSWER_MAX)));
      case EXITED -> exited(task, program);
    };
  }

  private String limit() {
    return options.timeout().map(Duration::toString).orElse("its time");
  }

  private Ending exited(Granted task, ChildProgram program) {
    int code = program.exitCode();
    if (code != 0) {
      boolean retryable = !options.permanentExits().contains(code);
      return fail(task, new Failure("EXIT_" + code, why(code, program), retryable));
    }
    Optional<Completion> answer = program.output().map(Completion::of);
    if (answer.isEmpty()) {
      return fail(task, Failure.permanent("OUTPUT_NOT_UTF8", "the answer is not UTF-8"));
    }
    Optional<String> problem = answer.get().problem();
    return problem.isEmpty()
        ? complete(task, answer.get())
        : fail(task, Failure.permanent("OUTPUT_NOT_TEXT", "the answer: " + problem.get()));
  }

  private static String why(int code, ChildProgram program) {
    String words = program.lastWords().strip();
    return words.isEmpty() ? "the program ended with exit code " + code : words;
  }

  private Ending complete(Granted task, Completion answer) {
    Settlement.Complete complete = Settlement.Complete.of(task.lease(), answer);
    Settled.Kind kind = patience.tell(() -> server.complete(List.of(complete)).get(0).kind());
    if (kind.isAccepted()) {
      return Ending.ANSWERED;
    }
    log.say("task %s: the answer came too late (%s)".formatted(task.taskId(), kind));
    return Ending.DROPPED;
  }

  private Ending fail(Granted task, Failure failure) {
    log.say("task %s: %s: %s".formatted(task.taskId(), failure.code(), failure.message()));
    Settlement.Fail fail = new Settlement.Fail(task.lease(), failure, Optional.empty());
    return settled(task, Ending.FAILED, () -> server.fail(fail));
  }

  private Ending release(Granted task) {
    Settlement.Release release = new Settlement.Release(task.lease(), Duration.ZERO);
    return settled(task, Ending.RELEASED, () -> server.release(release));
  }

  private Ending settled(Granted task, Ending meant, Runnable call) {
    try {
      return patience.tell(
          () -> {
            call.run();
            return meant;
          });
    } catch (BatonException e) {
      if (Heartbeat.isGone(e.code())) {
        log.say("task %s: %s".formatted(task.taskId(), e.getMessage()));
        return Ending.DROPPED;
      }
      throw e;
    }
  }
}
