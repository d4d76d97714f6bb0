package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One model of a provider: its name alone, or with more said of it.
 *
 * @param concurrency calls at once; absent: as its provider has it
 * @param maxTokens the longest answer that may be asked for
 * @param fallbacks models for later attempts, in order
 * @param inputPrice dollars for a million prompt tokens
 * @param outputPrice dollars for a million completion tokens
 * @param order where several providers offer the model: a lower one is asked first
 * @param weight how often it is asked first among those of equal order
 */
public record ModelConfig(
    @Nullable String name,
    @Nullable Integer concurrency,
    @JsonProperty("max_tokens") @Nullable Integer maxTokens,
    @Nullable List<String> fallbacks,
    @JsonProperty("input_price") @Nullable Double inputPrice,
    @JsonProperty("output_price") @Nullable Double outputPrice,
    @Nullable Integer order,
    @Nullable Integer weight) {
  /** Calls of one model at once. */
  static final int MOST_CALLS = 1_024;

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public ModelConfig {
    Rules.check(
        name != null && ModelName.isValid(name),
        "providers.models: a name is 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
    Rules.check(
        concurrency == null || (concurrency >= 1 && concurrency <= MOST_CALLS),
        "providers.models.concurrency is from 1 to 1024");
    Rules.check(maxTokens == null || maxTokens >= 1, "providers.models.max_tokens is at least 1");
    fallbacks = fallbacks == null ? List.of() : List.copyOf(fallbacks);
    Rules.check(
        fallbacks.stream().allMatch(ModelName::isValid), "providers.models.fallbacks are models");
    Rules.check(
        isPrice(inputPrice) && isPrice(outputPrice), "providers.models: a price is not negative");
    order = order == null ? 1 : order;
    weight = weight == null ? 1 : weight;
    Rules.check(isPlace(order), "providers.models.order is from 1 to " + ModelSpec.PLACE_MAX);
    Rules.check(isPlace(weight), "providers.models.weight is from 1 to " + ModelSpec.PLACE_MAX);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ModelConfig named(String name) {
    return new ModelConfig(name, null, null, null, null, null, null, null);
  }

  @Override
  public String name() {
    return Optional.ofNullable(name).orElseThrow();
  }

  @Override
  public List<String> fallbacks() {
    return Optional.ofNullable(fallbacks).orElseThrow();
  }

  @Override
  public Integer order() {
    return Optional.ofNullable(order).orElseThrow();
  }

  @Override
  public Integer weight() {
    return Optional.ofNullable(weight).orElseThrow();
  }

  private static boolean isPlace(int place) {
    return place >= 1 && place <= ModelSpec.PLACE_MAX;
  }

  private static boolean isPrice(@Nullable Double price) {
    return price == null || (price >= 0 && !price.isInfinite());
  }
}
