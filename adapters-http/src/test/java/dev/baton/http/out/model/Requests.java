package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Requests and settings that tests make. */
final class Requests {
  static final ModelName MODEL = new ModelName("m-1");
  private static final Duration LONG = Duration.ofSeconds(20);

  private Requests() {}

  static ModelRequest plain(String text) {
    return new ModelRequest("task~7", MODEL, Prompt.of(text));
  }

  static ModelRequest streamed(String text) {
    return with(text, Optional.empty(), OptionalInt.empty(), "{}", true);
  }

  static ModelRequest limited(String text, int maxTokens) {
    return with(text, Optional.empty(), OptionalInt.of(maxTokens), "{}", false);
  }

  static ModelRequest optioned(String text, String options) {
    return with(text, Optional.empty(), OptionalInt.empty(), options, false);
  }

  static ModelRequest turns(String messages, String options) {
    return with("label", Optional.of(new Messages(messages)), OptionalInt.empty(), options, false);
  }

  static ModelRequest with(
      String text, Optional<Messages> messages, OptionalInt most, String options, boolean stream) {
    Parameters parameters =
        new Parameters(messages, OptionalDouble.empty(), most, new Options(options), stream);
    return new ModelRequest(
        "task~7", MODEL, new Prompt(text, Prompt.of(text).metadata(), parameters));
  }

  static ModelSpec spec(ModelName name) {
    return new ModelSpec(
        name,
        "test",
        16,
        OptionalInt.empty(),
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  static ProviderSettings provider(
      ProviderSettings.Kind kind, URI base, List<String> keys, ModelName model) {
    return new ProviderSettings(
        "test", kind, base, keys, List.of(spec(model)), LONG, LONG, LONG, Duration.ZERO);
  }

  /** The same, but impatient. */
  static ProviderSettings impatient(ProviderSettings known, Duration total, Duration idle) {
    return new ProviderSettings(
        known.name(),
        known.kind(),
        known.base(),
        known.keys(),
        known.models(),
        total,
        idle,
        known.connectTimeout(),
        known.delay());
  }
}
