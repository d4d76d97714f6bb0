package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;

/**
 * What a provider said is no answer, or an error where an answer was due. Quotes nothing of what it
 * said.
 */
final class BrokenAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refused refused;

  /** What it said can't be read as an answer. */
  BrokenAnswerException(String message) {
    this(Asked.refused(ModelFault.UPSTREAM_INVALID, message));
  }

  BrokenAnswerException(Refused refused) {
    super(refused.message());
    this.refused = refused;
  }

  Refused refused() {
    return refused;
  }
}
