package dev.baton.http.out.model.fault;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import java.util.Optional;

/**
 * What a provider said is no answer, or an error where an answer was due. Quotes nothing of what it
 * said.
 */
public final class BrokenAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refused refused;

  /** What it said can't be read as an answer. */
  public BrokenAnswerException(String message) {
    this(new Refused(ModelFault.UPSTREAM_INVALID, message, Optional.empty()));
  }

  public BrokenAnswerException(Refused refused) {
    super(refused.message());
    this.refused = refused;
  }

  public Refused refused() {
    return refused;
  }
}
