package dev.baton.core.domain.prompt;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A model that is offered by one provider.
 *
 * @param name of this entry: the model's, or {@code model@provider} where several offer it
 * @param provider the name of who offers it, as configured
 * @param concurrency calls at once, at least 1
 * @param maxTokens the longest answer that may be asked for
 * @param fallbacks models for later attempts, in order
 * @param inputPrice dollars for a million prompt tokens
 * @param outputPrice dollars for a million completion tokens
 * @param offeredAs the model, as tasks ask for it
 * @param order entries of a model with a lower one are asked first, from 1
 * @param weight how often it is asked first among entries of equal order, from 1
 */
public record ModelSpec(
    ModelName name,
    String provider,
    int concurrency,
    OptionalInt maxTokens,
    List<ModelName> fallbacks,
    OptionalDouble inputPrice,
    OptionalDouble outputPrice,
    ModelName offeredAs,
    int order,
    int weight) {
  /** An order or a weight is at most this. */
  public static final int PLACE_MAX = 1_000;

  public ModelSpec {
    requireNonNull(name, "name");
    requireNonNull(provider, "provider");
    checkArgument(concurrency >= 1, "concurrency is at least 1");
    fallbacks = List.copyOf(fallbacks);
    requireNonNull(offeredAs, "offeredAs");
    checkArgument(order >= 1 && order <= PLACE_MAX, "order is from 1 to %s", PLACE_MAX);
    checkArgument(weight >= 1 && weight <= PLACE_MAX, "weight is from 1 to %s", PLACE_MAX);
  }

  /** Offered by one provider alone. */
  public ModelSpec(
      ModelName name,
      String provider,
      int concurrency,
      OptionalInt maxTokens,
      List<ModelName> fallbacks,
      OptionalDouble inputPrice,
      OptionalDouble outputPrice) {
    this(name, provider, concurrency, maxTokens, fallbacks, inputPrice, outputPrice, name, 1, 1);
  }

  /** The same, as one of several entries of its model. */
  public ModelSpec amongOthers() {
    return new ModelSpec(
        new ModelName(offeredAs + "@" + provider),
        provider,
        concurrency,
        maxTokens,
        fallbacks,
        inputPrice,
        outputPrice,
        offeredAs,
        order,
        weight);
  }
}
