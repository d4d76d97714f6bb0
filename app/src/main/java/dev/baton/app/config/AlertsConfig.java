package dev.baton.app.config;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What calls for people.
 *
 * @param backlog ready tasks of one tenant that are too many; absent or 0: any number is well
 */
public record AlertsConfig(@Nullable Long backlog) {
  static final AlertsConfig DEFAULT = new AlertsConfig(null);

  public AlertsConfig {
    if (backlog != null && backlog < 0) {
      throw new IllegalArgumentException("alerts.backlog is not negative");
    }
  }

  /** Empty: none is watched for. */
  public OptionalLong backlogMax() {
    return backlog == null || backlog == 0 ? OptionalLong.empty() : OptionalLong.of(backlog);
  }
}
