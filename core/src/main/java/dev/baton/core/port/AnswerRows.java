package dev.baton.core.port;

import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What workers brought, by task number; part of a {@link Transaction}. */
public interface AnswerRows {

  /** Adds results, of tasks that have none. */
  void insert(List<Result> results);

  Optional<Result> result(long seq);

  /** Removes the result, for a task that starts over. */
  void removeResult(long seq);

  /** Keeps an answer that came too late to count; the newest {@code max} are kept. */
  void addAlternative(long seq, Completion completion, Instant at, int max);

  /** UTF-16 units of alternatives beyond which {@link #alternatives} leaves older ones out. */
  int ALTERNATIVES_TEXT_MAX = 8 << 20;

  /**
   * Oldest first; of those that are kept the newest, and none older than the one whose text brings
   * them to {@link #ALTERNATIVES_TEXT_MAX}.
   */
  List<Completion> alternatives(long seq);

  /** Attempts that are kept of one task: a task without a bound may have any number. */
  int ATTEMPTS_MAX = 100;

  /** Keeps an attempt that is over, and of all the newest {@link #ATTEMPTS_MAX}. */
  void addAttempt(long seq, Attempt attempt);

  /** Oldest first. */
  List<Attempt> attempts(long seq);

  void putProgress(long seq, Progress progress);

  Optional<Progress> progress(long seq);

  /** Adds chunks, numbered as they are. */
  void addChunks(long seq, List<Chunk> chunks);

  /** The highest number among a lease's chunks; 0 when there are none. */
  int lastChunk(long seq, long token);

  /**
   * The chunks of the newest lease that has any, in order: those that follow number {@code
   * afterNumber} when its token is {@code token}, all of them when it is higher, none when it is
   * lower.
   */
  List<Chunk> chunks(long seq, long token, int afterNumber, int max);
}
