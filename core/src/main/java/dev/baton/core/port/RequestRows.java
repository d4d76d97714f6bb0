package dev.baton.core.port;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import java.time.Instant;
import java.util.Optional;

/** What is remembered of requests; part of a {@link Transaction}. */
public interface RequestRows {

  /** The request that was made under this name. */
  Optional<Kept> find(Name name);

  /** Keeps a request, in place of one of the same name. */
  void put(Name name, Kept kept);

  void remove(Name name);

  /** Removes requests kept since before {@code cutoff}; how many went. */
  int prune(Instant cutoff, int max);

  /** Notes which request made a task, by its number; once for each task. */
  void putOrigin(long seq, String requestId);

  /** Which request made a task. */
  Optional<String> origin(long seq);

  /**
   * A key that a client chose.
   *
   * @param operation what is done under it: keys of two operations never meet
   */
  record Name(TenantId tenant, String operation, String key) {
    public Name {
      requireNonNull(tenant, "tenant");
      requireNonNull(operation, "operation");
      requireNonNull(key, "key");
    }
  }

  /**
   * A request and, once it is known, its answer.
   *
   * @param fingerprint the same for requests that ask the same
   */
  record Kept(String fingerprint, Instant since, Optional<Answer> answer) {
    public Kept {
      requireNonNull(fingerprint, "fingerprint");
      requireNonNull(since, "since");
      requireNonNull(answer, "answer");
    }
  }

  /** An answer as it was sent. */
  record Answer(int status, String body) {
    public Answer {
      requireNonNull(body, "body");
    }
  }
}
