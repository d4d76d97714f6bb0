package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who answers prompts.
 *
 * @param type {@code openai} for whatever speaks chat completions, {@code anthropic}, {@code echo}
 * @param baseUrl reachable as it stands: private networks, {@code http} and any port are fine
 * @param apiKeys used in turn; one that is refused rests
 * @param timeout for a whole call
 * @param idleTimeout from one piece of a streamed answer to the next
 * @param connectTimeout for name, connection and TLS
 * @param concurrency calls of each model at once, where the model says nothing else
 * @param delay what echo waits before each piece of an answer
 */
public record ProviderConfig(
    @Nullable String name,
    @Nullable String type,
    @JsonProperty("base_url") @Nullable String baseUrl,
    @JsonProperty("api_keys") @Nullable List<String> apiKeys,
    @Nullable List<ModelConfig> models,
    @JsonDeserialize(using = DurationReader.class) @Nullable Duration timeout,
    @JsonProperty("idle_timeout") @JsonDeserialize(using = DurationReader.class)
        @Nullable Duration idleTimeout,
    @JsonProperty("connect_timeout") @JsonDeserialize(using = DurationReader.class)
        @Nullable Duration connectTimeout,
    @Nullable Integer concurrency,
    @JsonDeserialize(using = DurationReader.class) @Nullable Duration delay) {
  private static final List<String> TYPES = List.of("openai", "anthropic", "echo");
  private static final int USUAL_CALLS = 16;
  private static final int KEY_MAX = 4_096;

  public ProviderConfig {
    Rules.check(
        name != null && name.matches("[A-Za-z0-9._-]{1,64}"),
        "providers.name: 1 to 64 of A-Z a-z 0-9 . _ -");
    Rules.check(type != null && TYPES.contains(type), "providers.type is one of " + TYPES);
    baseUrl = baseUrl == null ? usualUrl(String.valueOf(type)) : baseUrl.replaceFirst("/+$", "");
    Rules.check(isUrl(baseUrl), "providers.base_url is an http or https URL without a query");
    apiKeys = apiKeys == null ? List.of() : List.copyOf(apiKeys);
    Rules.check(
        apiKeys.stream().allMatch(key -> key.matches("[\\x21-\\x7e]{1,%d}".formatted(KEY_MAX))),
        "providers.api_keys are visible ASCII");
    models = models == null ? List.of() : List.copyOf(models);
    Rules.check(!models.isEmpty(), "providers.models: name at least one");
    timeout = timeout == null ? Duration.ofMinutes(2) : timeout;
    idleTimeout = idleTimeout == null ? Duration.ofSeconds(30) : idleTimeout;
    connectTimeout = connectTimeout == null ? Duration.ofSeconds(10) : connectTimeout;
    Rules.check(
        List.of(timeout, idleTimeout, connectTimeout).stream().allMatch(ProviderConfig::isTime),
        "providers: a timeout is from 1ms to 24h");
    Rules.check(
        concurrency == null || (concurrency >= 1 && concurrency <= ModelConfig.MOST_CALLS),
        "providers.concurrency is from 1 to 1024");
    delay = delay == null ? Duration.ZERO : delay;
  }

  private static String usualUrl(String type) {
    return type.equals("anthropic") ? "https://api.anthropic.com/v1" : "https://api.openai.com/v1";
  }

  private static boolean isUrl(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isTime(Duration time) {
    return time.toMillis() >= 1 && time.toHours() <= 24;
  }

  @Override
  public String name() {
    return Optional.ofNullable(name).orElseThrow();
  }

  @Override
  public String type() {
    return Optional.ofNullable(type).orElseThrow();
  }

  @Override
  public String baseUrl() {
    return Optional.ofNullable(baseUrl).orElseThrow();
  }

  @Override
  public List<String> apiKeys() {
    return Optional.ofNullable(apiKeys).orElseThrow();
  }

  @Override
  public List<ModelConfig> models() {
    return Optional.ofNullable(models).orElseThrow();
  }

  @Override
  public Duration timeout() {
    return Optional.ofNullable(timeout).orElseThrow();
  }

  @Override
  public Duration idleTimeout() {
    return Optional.ofNullable(idleTimeout).orElseThrow();
  }

  @Override
  public Duration connectTimeout() {
    return Optional.ofNullable(connectTimeout).orElseThrow();
  }

  @Override
  public Duration delay() {
    return Optional.ofNullable(delay).orElseThrow();
  }

  /** Calls of this model at once. */
  public int callsOf(ModelConfig model) {
    Integer own = model.concurrency();
    return own != null ? own : concurrency == null ? USUAL_CALLS : concurrency;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "provider %s (%s, %d keys)".formatted(name, type, apiKeys().size());
  }
}
