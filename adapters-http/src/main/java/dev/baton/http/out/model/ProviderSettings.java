package dev.baton.http.out.model;

import static com.google.common.base.Preconditions.checkArgument;

import dev.baton.core.domain.prompt.ModelSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One provider.
 *
 * @param base of its API, such as {@code https://api.openai.com/v1}
 * @param keys used in turn; none: no credential is sent
 * @param timeout for a whole call
 * @param idleTimeout from one piece of a streamed answer to the next
 * @param connectTimeout for name, connection and TLS
 * @param delay what echo waits before each piece
 */
public record ProviderSettings(
    String name,
    Kind kind,
    URI base,
    List<String> keys,
    List<ModelSpec> models,
    Duration timeout,
    Duration idleTimeout,
    Duration connectTimeout,
    Duration delay) {

  /** What it speaks. */
  public enum Kind {
    OPENAI,
    ANTHROPIC,
    ECHO
  }

  public ProviderSettings {
    keys = List.copyOf(keys);
    models = List.copyOf(models);
    checkArgument(!models.isEmpty(), "a provider offers models");
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "provider " + name;
  }
}
