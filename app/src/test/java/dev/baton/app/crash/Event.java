package dev.baton.app.crash;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history: what one client asked about one task, and what it was told. A call about
 * several tasks is several lines of the same span. Instants are microseconds since 1970, 0 or null
 * stands for what was not told.
 *
 * @param invoked before the first byte was sent
 * @param returned after the answer was read, or given up
 * @param http the status; 0 when there was none
 * @param line where the task queues up, when its order is promised: queue and priority
 * @param attemptsMax leases the task may have; 0 for no bound
 * @param token of the lease the call was about, or was granted
 * @param attempt as counted by the server
 * @param until when the lease ends, as the server said
 * @param prompt the hash of what is asked
 * @param result the hash of the answer
 * @param status where the task is in its life, as read
 * @param replayed whether the server said that it had done so before
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Event(
    long invoked,
    long returned,
    String proc,
    Op op,
    Outcome outcome,
    int http,
    @Nullable String taskId,
    @Nullable String key,
    @Nullable String line,
    int attemptsMax,
    long token,
    int attempt,
    long until,
    @Nullable String prompt,
    @Nullable String result,
    @Nullable String status,
    boolean replayed) {

  /** What was asked. */
  enum Op {
    /** The server said where it listens. */
    UP,
    /** The server was told to end, or was killed. */
    DOWN,
    SUBMIT,
    /** A grant when it names a task; otherwise there was nothing, or the answer got lost. */
    LEASE,
    EXTEND,
    RELEASE,
    /** The holder could not do it. */
    FAIL,
    COMPLETE,
    READ,
    /** What is there after all work is done. */
    FINAL_READ
  }

  /** What became of it, as far as the client can know. */
  enum Outcome {
    OK,
    /** Refused: definitely not done. */
    FAIL,
    /** No answer, or one that leaves it open. */
    INFO
  }

  boolean is(Op asked) {
    return op == asked;
  }

  boolean isOk() {
    return outcome == Outcome.OK;
  }

  /** Whether it may have been done. */
  boolean isPossible() {
    return outcome != Outcome.FAIL;
  }

  static Builder of(String proc, Op op) {
    return new Builder(proc, op);
  }

  /** Collects what is known of an event. Not thread-safe. */
  static final class Builder {
    private final String proc;
    private final Op op;
    private Outcome outcome = Outcome.OK;
    private long invoked;
    private long returned;
    private int http;
    private @Nullable String taskId;
    private @Nullable String key;
    private @Nullable String line;
    private int attemptsMax;
    private long token;
    private int attempt;
    private long until;
    private @Nullable String prompt;
    private @Nullable String result;
    private @Nullable String status;
    private boolean replayed;

    private Builder(String proc, Op op) {
      this.proc = proc;
      this.op = op;
    }

    @CanIgnoreReturnValue
    Builder span(long from, long to) {
      invoked = from;
      returned = to;
      return this;
    }

    @CanIgnoreReturnValue
    Builder outcome(Outcome became, int status) {
      outcome = became;
      http = status;
      return this;
    }

    @CanIgnoreReturnValue
    Builder task(@Nullable String id) {
      taskId = id;
      return this;
    }

    @CanIgnoreReturnValue
    Builder key(@Nullable String dedupeKey) {
      key = dedupeKey;
      return this;
    }

    @CanIgnoreReturnValue
    Builder line(@Nullable String queueAndPriority) {
      line = queueAndPriority;
      return this;
    }

    @CanIgnoreReturnValue
    Builder attemptsMax(int bound) {
      attemptsMax = bound;
      return this;
    }

    @CanIgnoreReturnValue
    Builder token(long named) {
      token = named;
      return this;
    }

    @CanIgnoreReturnValue
    Builder attempt(int number) {
      attempt = number;
      return this;
    }

    @CanIgnoreReturnValue
    Builder until(long end) {
      until = end;
      return this;
    }

    @CanIgnoreReturnValue
    Builder prompt(@Nullable String hash) {
      prompt = hash;
      return this;
    }

    @CanIgnoreReturnValue
    Builder result(@Nullable String hash) {
      result = hash;
      return this;
    }

    @CanIgnoreReturnValue
    Builder status(@Nullable String word) {
      status = word;
      return this;
    }

    @CanIgnoreReturnValue
    Builder replayed(boolean again) {
      replayed = again;
      return this;
    }

    Event build() {
      return new Event(
          invoked,
          returned,
          proc,
          op,
          outcome,
          http,
          taskId,
          key,
          line,
          attemptsMax,
          token,
          attempt,
          until,
          prompt,
          result,
          status,
          replayed);
    }
  }
}
