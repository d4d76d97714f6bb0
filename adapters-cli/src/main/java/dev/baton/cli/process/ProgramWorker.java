package dev.baton.cli.process;

import dev.baton.cli.process.WorkLog.Ending;
import dev.baton.cli.shared.Patience;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Texts;
import dev.baton.cli.task.LeasedParts;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.TaskClient.Granted;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Settled;
import dev.baton.core.domain.task.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Leases prompts one after the other and has a program answer them. Runs on one thread. */
final class ProgramWorker implements Runnable {
  /**
   * How long to wait for a prompt at a time. A wait is never broken off: a prompt that was granted
   * in that moment would be nobody's. So this is also how long an idle worker takes to stop.
   */
  private static final Duration LONG_POLL = Duration.ofSeconds(2);

  private static final Duration SLICE = Duration.ofMillis(100);

  /** Exit codes of programs that a signal ended: SIGHUP, SIGINT, SIGTERM. */
  private static final Set<Integer> SIGNALLED = Set.of(129, 130, 143);

  /** How long after a program whoever ended it may come to end this command. */
  private static final Duration SIGNAL_GAP = Duration.ofSeconds(2);

  /** The same of a program that told the signal by another exit code. */
  private static final Duration FAILURE_GAP = Duration.ofMillis(100);

  private final TaskClient server;
  private final WorkOptions options;
  private final WorkLog log;
  private final StopSignal stop;
  private final Programs programs;
  private final Patience patience;

  ProgramWorker(
      TaskClient server, WorkOptions options, WorkLog log, StopSignal stop, Programs programs) {
    this.server = server;
    this.options = options;
    this.log = log;
    this.stop = stop;
    this.programs = programs;
    this.patience = new Patience(stop, log::say);
  }

  /** Works until the signal is given, or there was nothing to do for long enough. */
  @Override
  public void run() {
    StopSignal.Busy busy = stop.busy(() -> {});
    try (ErrorOutput errors = programs.errors()) {
      long idleSince = System.nanoTime();
      while (!stop.isStopped()) {
        List<Granted> leased = lease(remainingWait(idleSince));
        leased.forEach(task -> work(task, errors));
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
    return patience.ask(() -> stop.isStopped() ? List.of() : server.lease(ask, wait));
  }

  private void work(Granted task, ErrorOutput errors) {
    long start = System.nanoTime();
    Ending ending;
    if (stop.isStopped()) {
      ending = release(task);
    } else {
      ending = runProgram(task, errors);
    }
    log.ended(task, ending, Duration.ofNanos(System.nanoTime() - start));
  }

  private Ending runProgram(Granted task, ErrorOutput errors) {
    boolean started = false;
    try (ChildProgram program =
        programs.start(
            options.command(),
            LeasedParts.variables(task),
            input(task),
            errors,
            log::programSaid)) {
      Watched watched = watch(task, program);
      if (watched == Watched.EXITED && programs.neverStarted(program)) {
        throw Programs.noProgram(options.command(), program.lastWords().strip());
      }
      started = true;
      return settle(task, program, watched);
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
        endLeftBehind(task, program);
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

  private void endLeftBehind(Granted task, ChildProgram program) {
    List<String> left = program.endLeftBehind();
    if (!left.isEmpty()) {
      log.say(
          "task %s: the program ended and left processes behind, which were ended, too: %s"
              .formatted(task.taskId(), String.join(", ", left)));
    }
  }

  private boolean ended(ChildProgram program) {
    try {
      return program.waitFor(SLICE);
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
    return options.timeout().map(DurationText::of).orElse("its time");
  }

  private Ending exited(Granted task, ChildProgram program) {
    int code = program.exitCode();
    if (code != 0 && endedTogether(code)) {
      return release(task);
    }
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

  /** Whether what ended the program was meant for this command, such as a stop of its service. */
  private boolean endedTogether(int code) {
    try {
      return stop.await(SIGNALLED.contains(code) ? SIGNAL_GAP : FAILURE_GAP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
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
