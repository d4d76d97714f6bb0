package dev.baton.http.in.runner;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.ModelName;
import java.util.OptionalInt;

/** Checks a model that a client names, when it is named and not when it is asked. */
final class ModelCheck {

  /**
   * The name as the core has it.
   *
   * @throws BatonException of {@link ErrorCode#MODEL_NOT_SUPPORTED} if nobody offers it
   */
  ModelName checked(String name) {
    if (!ModelName.isValid(name)) {
      throw new BatonException(ErrorCode.MODEL_NOT_SUPPORTED, "there is no model of this name");
    }
    return new ModelName(name);
  }

  /** Refuses an answer that is longer than the model that is to give it can. */
  void checkTokens(Fields fields, String name, OptionalInt maxTokens) {
    if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
      throw fields.wrong(name, "Input should be greater than or equal to 1", "greater_than_equal");
    }
  }
}
