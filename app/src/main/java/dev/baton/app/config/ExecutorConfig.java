package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Baton answers itself.
 *
 * @param queues that it takes tasks from; never {@code integration}
 * @param concurrency calls at once, in all
 * @param perTenant calls at once for one tenant
 * @param autoExecute whether tasks of the runner dialect are executed without being asked to
 * @param echo whether the built-in echo answers, whatever the model, while no providers are named
 * @param lease how long a crashed executor's tasks stay its own
 */
public record ExecutorConfig(
    @Nullable Boolean enabled,
    @Nullable List<String> queues,
    @Nullable Integer concurrency,
    @JsonProperty("per_tenant") @Nullable Integer perTenant,
    @JsonProperty("auto_execute") @Nullable Boolean autoExecute,
    @Nullable Boolean echo,
    @JsonDeserialize(using = DurationReader.class) @Nullable Duration lease) {
  static final ExecutorConfig DEFAULT =
      new ExecutorConfig(null, null, null, null, null, null, null);
  private static final int MOST = 10_000;
  private static final int MOST_QUEUES = 16;
  private static final int USUAL = 16;
  private static final Duration LEASE = Duration.ofSeconds(60);

  public ExecutorConfig {
    enabled = enabled == null || enabled;
    queues = queues == null ? List.of("default") : List.copyOf(queues);
    Rules.check(!queues.isEmpty() && queues.size() <= MOST_QUEUES, "executor.queues are 1 to 16");
    Rules.check(
        !queues.contains("integration"), "executor.queues: integration is for outside workers");
    Rules.check(
        concurrency == null || (concurrency >= 1 && concurrency <= MOST),
        "executor.concurrency is from 1 to 10000");
    Rules.check(
        perTenant == null || (perTenant >= 1 && perTenant <= MOST),
        "executor.per_tenant is from 1 to 10000");
    autoExecute = autoExecute == null || autoExecute;
    echo = echo != null && echo;
    Rules.check(
        lease == null || (lease.toSeconds() >= 1 && lease.toDays() < 1),
        "executor.lease is from 1s to 24h");
  }

  public boolean isEnabled() {
    return Boolean.TRUE.equals(enabled);
  }

  public boolean isEchoing() {
    return Boolean.TRUE.equals(echo);
  }

  ExecutorConfig echoing() {
    return new ExecutorConfig(enabled, queues, concurrency, perTenant, autoExecute, true, lease);
  }

  public boolean isAutomatic() {
    return Boolean.TRUE.equals(autoExecute);
  }

  @Override
  public List<String> queues() {
    return Optional.ofNullable(queues).orElseThrow();
  }

  public int calls() {
    return concurrency == null ? USUAL : concurrency;
  }

  public int callsPerTenant() {
    return perTenant == null ? MOST : perTenant;
  }

  public Duration leaseLength() {
    return lease == null ? LEASE : lease;
  }
}
