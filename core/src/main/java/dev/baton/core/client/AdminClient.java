package dev.baton.core.client;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.domain.prompt.ModelSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator may ask of a Baton, wherever it runs, for one tenant chosen when it is made.
 *
 * <p><b>Threads:</b> safe for concurrent use. Every call blocks until its effect is durable.
 *
 * <p><b>Errors:</b> refusals are {@link BatonException}s with the use case's own {@link ErrorCode};
 * {@link ErrorCode#STORE_UNAVAILABLE} also means that no server answered.
 *
 * <p>Implementations pass {@code AdminClientContract}.
 */
public interface AdminClient extends AutoCloseable {

  /** The queues that have tasks or are paused, and those that are always there, by name. */
  List<Queue> queues();

  /** Hands nothing out from {@code queue} until it is resumed; again changes nothing. */
  void pause(QueueName queue);

  /** Hands out from {@code queue} again; again changes nothing. */
  void resume(QueueName queue);

  /** Who holds what now, by worker; at most 1000. */
  List<Held> held();

  /** The models that are offered. A database file that no server has open offers none. */
  Catalog models();

  /**
   * Lets a task be worked on at once, before all that waits, starting over if it is over.
   *
   * @param force also when it has its answer; otherwise that is refused with {@link
   *     ErrorCode#INVALID_STATE}
   * @throws BatonException of {@link ErrorCode#TASK_NOT_FOUND} when there is none
   */
  void run(TaskId id, boolean force);

  /**
   * Removes a task with all that belongs to it, whoever holds it.
   *
   * @throws BatonException of {@link ErrorCode#TASK_NOT_FOUND} when there is none
   */
  void delete(TaskId id);

  /** Lets go of what this client opened; a server behind HTTP goes on. */
  @Override
  void close();

  /** How many tasks of a queue wait for a gate, are in line, and are worked on. */
  record Queue(QueueName name, long held, long ready, long leased, boolean paused) {
    public Queue {
      requireNonNull(name, "name");
    }
  }

  /**
   * Who is asked.
   *
   * @param models in the order of the configuration
   * @param any whether any name is taken, because no models are configured and there is one who
   *     answers for all: the built-in echo, unless an embedder brought another
   */
  record Catalog(List<Offered> models, boolean any) {
    public Catalog {
      models = List.copyOf(models);
    }
  }

  /** A model, and whether it is left alone for now. */
  record Offered(ModelSpec spec, Optional<ModelPause> pause) {
    public Offered {
      requireNonNull(spec, "spec");
      requireNonNull(pause, "pause");
    }
  }

  /** A lease that runs: from {@code since} to {@code until}, unless it is extended. */
  record Held(
      WorkerId worker, TaskId task, QueueName queue, int attempt, Instant since, Instant until) {
    public Held {
      requireNonNull(worker, "worker");
      requireNonNull(task, "task");
      requireNonNull(queue, "queue");
      requireNonNull(since, "since");
      requireNonNull(until, "until");
    }
  }
}
