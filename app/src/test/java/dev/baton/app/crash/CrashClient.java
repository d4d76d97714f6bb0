package dev.baton.app.crash;

import dev.baton.app.crash.Bridge.Grant;
import dev.baton.app.crash.Bridge.Prompt;
import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Event.Outcome;
import dev.baton.app.crash.Recorder.ServerDownException;
import dev.baton.app.crash.Recorder.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Submits, works and reads in one thread, as well-behaved and ill-behaved programs do: it repeats
 * itself when it heard nothing, answers late or twice or something else, and forgets what it holds.
 */
final class CrashClient implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long DOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long MILLI = 1_000;

  private final Bridge bridge;
  private final Recorder recorder;
  private final Names names;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();
  private final Worker worker;
  private volatile boolean stopped;

  CrashClient(Recorder recorder, Names names, RandomGenerator random) {
    this.recorder = recorder;
    this.bridge = new Bridge(recorder);
    this.names = names;
    this.random = random;
    this.worker = new Worker(bridge, agenda, names, random);
  }

  /** Ends {@link #run} after the call under way. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try (recorder) {
      while (!stopped) {
        try {
          agenda.next().orElse(this::anything).run();
          LockSupport.parkNanos(PAUSE_NANOS);
        } catch (ServerDownException e) {
          // What was to be done is dropped: its lease runs out like a dead worker's.
          LockSupport.parkNanos(DOWN_NANOS);
        }
      }
    }
  }

  private void anything() throws ServerDownException {
    int choice = random.nextInt(100);
    if (choice < 30) {
      submit();
    } else if (choice < 33) {
      submitSeveral();
    } else if (choice < 35) {
      submitNonsense();
    } else if (choice < 45) {
      Optional<String> taskId = names.anyAcked(random);
      if (taskId.isPresent()) {
        bridge.read(Op.READ, taskId.get(), random.nextBoolean());
      }
    } else {
      lease();
    }
  }

  private void submit() throws ServerDownException {
    Optional<Prompt> known = random.nextInt(5) == 0 ? names.anyNamed(random) : Optional.empty();
    put(known.isPresent() ? known.get() : newPrompt());
  }

  /** A client that heard nothing repeats itself, which is safe when it named what it sent. */
  private void put(Prompt prompt) throws ServerDownException {
    Told told = bridge.put(prompt);
    if (told.isOk()) {
      names.addAcked(told.json().get("taskId").textValue());
    }
    boolean named = prompt.taskId() != null || prompt.key() != null;
    if (named) {
      names.addNamed(prompt);
    }
    if (told.outcome() == Outcome.INFO && named) {
      agenda.in(50 * MILLI, () -> put(prompt));
    }
  }

  private Prompt newPrompt() {
    Prompt plain = Prompt.of(names.text(random));
    return switch (random.nextInt(10)) {
      case 0, 1 -> plain.withKey(names.fresh(Names.KEY));
      case 2, 3 -> plain.withTaskId(names.fresh("task-"));
      case 4 -> new Prompt(plain.text(), null, null, "high", 0, 0);
      case 5 -> new Prompt(plain.text(), null, null, "normal", 1, 0);
      case 6 -> new Prompt(plain.text(), null, null, "normal", 0, 2);
      default -> plain;
    };
  }

  private void submitSeveral() throws ServerDownException {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      prompts.add(newPrompt());
    }
    Told told = bridge.put(prompts);
    if (told.isOk()) {
      told.json().get("tasks").forEach(task -> names.addAcked(task.get("taskId").textValue()));
    }
  }

  private void submitNonsense() throws ServerDownException {
    String text = names.text(random);
    Told told = bridge.put(new Prompt(text, null, null, "normal", -1, 0));
    if (told.isOk()) {
      throw new IllegalStateException("a delay of -1 s was taken");
    }
  }

  private void lease() throws ServerDownException {
    if (random.nextInt(8) == 0) {
      for (Grant grant : bridge.leaseSeveral(1 + random.nextInt(2), 2 + random.nextInt(3))) {
        worker.plan(grant);
      }
      return;
    }
    int wait = random.nextInt(10) == 0 ? 1 : 0;
    bridge.lease(1 + random.nextInt(2), wait).ifPresent(worker::plan);
  }
}
