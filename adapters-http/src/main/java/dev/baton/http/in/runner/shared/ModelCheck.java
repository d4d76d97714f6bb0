package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.usecase.model.Models;
import dev.baton.http.in.api.FieldError;
import dev.baton.http.in.api.FieldErrors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Checks a model that a client names, when it is named and not when it is asked. */
public final class ModelCheck {
  private final Models models;

  public ModelCheck(Models models) {
    this.models = requireNonNull(models, "models");
  }

  /**
   * The name as the core has it.
   *
   * @throws FieldErrors of {@link ErrorCode#MODEL_NOT_SUPPORTED} that names {@code loc} if nobody
   *     offers it
   */
  public ModelName checked(List<Object> loc, String name) {
    if (!ModelName.isValid(name)) {
      throw unsupported(loc, "there is no model of this name");
    }
    ModelName model = new ModelName(name);
    try {
      models.check(model);
    } catch (BatonException e) {
      throw e.code() == ErrorCode.MODEL_NOT_SUPPORTED
          ? unsupported(loc, String.valueOf(e.getMessage()))
          : e;
    }
    return model;
  }

  private static FieldErrors unsupported(List<Object> loc, String message) {
    return new FieldErrors(
        ErrorCode.MODEL_NOT_SUPPORTED,
        List.of(new FieldError(loc, message, "model_not_supported")));
  }

  /**
   * Refuses an answer that is longer than the model that is to give it can give.
   *
   * @throws FieldErrors that names {@code loc}
   */
  public void checkTokens(List<Object> loc, Optional<ModelName> model, OptionalInt maxTokens) {
    OptionalInt most = models.maxTokens(model);
    if (maxTokens.isPresent() && most.isPresent() && maxTokens.getAsInt() > most.getAsInt()) {
      throw FieldErrors.invalid(
          new FieldError(
              loc,
              "Input should be less than or equal to " + most.getAsInt() + " for this model",
              "less_than_equal"));
    }
  }
}
