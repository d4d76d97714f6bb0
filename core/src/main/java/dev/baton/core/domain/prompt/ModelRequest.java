package dev.baton.core.domain.prompt;

import static java.util.Objects.requireNonNull;

/**
 * One call of a model.
 *
 * @param id names the call in the provider's logs; different for each attempt
 * @param model the one to ask: the task's own, or a fallback
 */
public record ModelRequest(String id, ModelName model, Prompt prompt) {

  public ModelRequest {
    requireNonNull(id, "id");
    requireNonNull(model, "model");
    requireNonNull(prompt, "prompt");
  }
}
