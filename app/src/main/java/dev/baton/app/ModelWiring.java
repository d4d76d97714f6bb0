package dev.baton.app;

import dev.baton.app.config.Config;
import dev.baton.app.config.ExecutorConfig;
import dev.baton.app.config.ModelConfig;
import dev.baton.app.config.ProviderConfig;
import dev.baton.core.Baton;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.core.usecase.model.ExecutorSettings;
import dev.baton.http.out.model.ModelRouter;
import dev.baton.http.out.model.ProviderSettings;
import dev.baton.http.out.upstream.UpstreamClient;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes of a configuration who answers prompts. */
final class ModelWiring {

  private ModelWiring() {}

  /** Whether the built-in echo answers: where it is wanted, and nobody else was named. */
  static boolean isEchoing(Config config) {
    return config.providers().isEmpty()
        && config.executor().isEnabled()
        && config.executor().isEchoing();
  }

  /** What an operator should know of who answers; empty when models are asked. */
  static Optional<String> note(Config config) {
    if (isEchoing(config)) {
      return Optional.of(
          "the built-in echo answers queues %s, and no model is asked"
              .formatted(config.executor().queues()));
    }
    if (!config.providers().isEmpty() && config.executor().isEnabled()) {
      return Optional.empty();
    }
    return Optional.of(
        (config.providers().isEmpty()
                ? "no providers are configured"
                : "the executor is turned off")
            + ": tasks wait until a worker takes them. "
            + Wait.ANSWERERS);
  }

  /** Gives a core its models and its executor, as far as the configuration wants them. */
  static void join(Config config, UpstreamClient upstream, Baton.Builder core) {
    if (isEchoing(config)) {
      core.models(ModelRouter.echo());
    } else if (!config.providers().isEmpty()) {
      core.models(
          ModelRouter.of(
              config.providers().stream().map(ModelWiring::provider).toList(), upstream));
    }
    if (config.executor().isEnabled()) {
      core.executor(executor(config.executor()));
    } else {
      core.withoutExecutor();
    }
  }

  private static ExecutorSettings executor(ExecutorConfig config) {
    return new ExecutorSettings(
        ExecutorSettings.DEFAULT.worker(),
        config.queues().stream().map(QueueName::new).toList(),
        config.calls(),
        config.callsPerTenant(),
        config.leaseLength());
  }

  private static ProviderSettings provider(ProviderConfig config) {
    return new ProviderSettings(
        config.name(),
        ProviderSettings.Kind.valueOf(config.type().toUpperCase(Locale.ROOT)),
        URI.create(config.baseUrl()),
        config.apiKeys(),
        config.models().stream().map(model -> model(config, model)).toList(),
        config.timeout(),
        config.idleTimeout(),
        config.connectTimeout(),
        config.delay());
  }

  private static ModelSpec model(ProviderConfig provider, ModelConfig config) {
    Integer most = config.maxTokens();
    return new ModelSpec(
        new ModelName(config.name()),
        provider.name(),
        provider.callsOf(config),
        most == null ? OptionalInt.empty() : OptionalInt.of(most),
        config.fallbacks().stream().map(ModelName::new).toList(),
        price(config.inputPrice()),
        price(config.outputPrice()),
        new ModelName(config.name()),
        config.order(),
        config.weight());
  }

  private static OptionalDouble price(@Nullable Double dollars) {
    return dollars == null ? OptionalDouble.empty() : OptionalDouble.of(dollars);
  }
}
