package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A model that is offered.
 *
 * @param provider the name of who offers it, as configured
 * @param concurrency calls at once, at least 1
 * @param maxTokens the longest answer that may be asked for
 * @param fallbacks models for later attempts, in order
 * @param inputPrice dollars for a million prompt tokens
 * @param outputPrice dollars for a million completion tokens
 */
public record ModelSpec(
    ModelName name,
    String provider,
    int concurrency,
    OptionalInt maxTokens,
    List<ModelName> fallbacks,
    OptionalDouble inputPrice,
    OptionalDouble outputPrice) {

  public ModelSpec {
    requireNonNull(name, "name");
    requireNonNull(provider, "provider");
    checkArgument(concurrency >= 1, "concurrency is at least 1");
    fallbacks = List.copyOf(fallbacks);
  }
}
