package dev.baton.app.crash;

import dev.baton.app.crash.Bridge.Grant;
import dev.baton.app.crash.Event.Outcome;
import dev.baton.app.crash.Recorder.ServerDownException;
import dev.baton.app.crash.Recorder.Told;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What becomes of a lease in the hands of a client. */
final class Worker {
  private static final long MILLI = 1_000;

  private final Bridge bridge;
  private final Agenda agenda;
  private final Names names;
  private final RandomGenerator random;

  Worker(Bridge bridge, Agenda agenda, Names names, RandomGenerator random) {
    this.bridge = bridge;
    this.agenda = agenda;
    this.names = names;
    this.random = random;
  }

  void plan(Grant grant) {
    int choice = random.nextInt(100);
    if (choice < 58) {
      agenda.in(soon(), () -> answer(grant, true));
    } else if (choice < 64) {
      agenda.in(soon(), () -> answer(grant, false));
    } else if (choice < 72) {
      agenda.in(soon(), () -> extend(grant));
    } else if (choice < 80) {
      agenda.in(soon(), () -> release(grant));
    } else if (choice < 86) {
      agenda.in(soon(), () -> bridge.fail(grant, true, random.nextInt(3) / 2));
    } else if (choice < 88) {
      // A key stands for its task only until that has failed for good.
      agenda.in(soon(), () -> bridge.fail(grant, grant.keyed(), 0));
    } else if (choice < 96) {
      agenda.in(late(grant), () -> lateWord(grant));
    }
    // Else the worker disappears.
  }

  private long soon() {
    return random.nextInt(100) * MILLI;
  }

  private long late(Grant grant) {
    return grant.until() - Recorder.now() + random.nextInt(1_500) * MILLI;
  }

  private void answer(Grant grant, boolean named) throws ServerDownException {
    answer(grant, named, names.text(random));
  }

  private void answer(Grant grant, boolean named, String content) throws ServerDownException {
    Told told = bridge.complete(grant, named, content);
    if (told.outcome() == Outcome.INFO) {
      agenda.in(30 * MILLI, () -> answer(grant, named, content));
    } else if (random.nextInt(8) == 0) {
      agenda.in(soon(), () -> bridge.complete(grant, named, content));
    } else if (random.nextInt(8) == 0) {
      agenda.in(soon(), () -> bridge.complete(grant, random.nextBoolean(), names.text(random)));
    }
  }

  private void extend(Grant grant) throws ServerDownException {
    Optional<Grant> extended = bridge.extend(grant, 1 + random.nextInt(2));
    if (extended.isPresent() && random.nextInt(3) > 0) {
      agenda.in(400 * MILLI + soon(), () -> extend(extended.get()));
    } else if (random.nextInt(4) > 0) {
      agenda.in(soon(), () -> answer(grant, true));
    }
  }

  private void release(Grant grant) throws ServerDownException {
    int delay = random.nextInt(4) / 3;
    Told told = bridge.release(grant, delay);
    if (told.outcome() == Outcome.INFO || random.nextInt(6) == 0) {
      agenda.in(30 * MILLI, () -> bridge.release(grant, delay));
    }
  }

  /** A worker that wakes up after its lease is over, and does not know it. */
  private void lateWord(Grant grant) throws ServerDownException {
    switch (random.nextInt(8)) {
      case 0 -> answer(grant, false);
      case 1 -> extend(grant);
      case 2 -> release(grant);
      case 3 -> bridge.fail(grant, true, 0);
      default -> answer(grant, true);
    }
  }
}
