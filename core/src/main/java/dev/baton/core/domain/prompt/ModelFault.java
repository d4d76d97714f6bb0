package dev.baton.core.domain.prompt;

/**
 * Why a model gave no answer; each kind has a rule of its own for what follows.
 *
 * <p>The constants' names are the failure codes that readers of a task see.
 */
public enum ModelFault {
  /** Too many requests: the provider says when to come back, or not. */
  RATE_LIMITED(true),
  /** The provider is over capacity, or broke (5xx), or can't be reached. */
  OVERLOADED(true),
  /** No answer, or no next piece of it, in time. */
  TIMED_OUT(true),
  /** Prompt or answer were stopped by the provider's filter: the same again ends the same. */
  CONTENT_FILTERED(false),
  /** The prompt does not fit this model, or its limit of tokens; it may fit a fallback. */
  CONTEXT_TOO_LONG(false),
  /** The provider calls the request wrong. */
  BAD_REQUEST(false),
  /**
   * The account may not ask: its key is not accepted, has no right to this model, or is used up; it
   * has no credit. Somebody has to see to it, and no task is to blame.
   */
  AUTH(true),
  /** What came back is no answer: not JSON, too large, cut off, not finished, without content. */
  UPSTREAM_INVALID(true),
  /** No call was made: the provider failed too often a moment ago. */
  CIRCUIT_OPEN(true),
  /** The caller gave the call up. */
  ABORTED(true);

  private final boolean retryable;

  ModelFault(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether asking the same model again could end otherwise. */
  public boolean isRetryable() {
    return retryable;
  }
}
