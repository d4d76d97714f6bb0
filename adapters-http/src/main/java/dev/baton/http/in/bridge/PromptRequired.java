package dev.baton.http.in.bridge;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;

/** A prompt without text: the one wrong value that this dialect answers with 400. */
final class PromptRequired extends BatonException {
  private static final long serialVersionUID = 1L;

  PromptRequired() {
    super(ErrorCode.VALIDATION_FAILED, "prompt is required");
  }
}
