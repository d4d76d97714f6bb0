package dev.baton.persistence;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.persistence.sqlite.Backlog;
import dev.baton.persistence.sqlite.RawCycles;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the driver and the disk can do at all: the rows of Baton's cycle (submit, lease, complete)
 * written by hand, in one thread, with no store around them. The yardstick of {@code baton bench}.
 */
public final class RawLimit {

  private RawLimit() {}

  /**
   * Full cycles per second, {@code perCommit} operations to each flush.
   *
   * @param file a database that {@link SqlStores} made, and that nobody has open
   */
  public static double cyclesPerSecond(
      Path file, int perCommit, int textLength, Duration duration) {
    return RawCycles.run(
        file, TenantId.DEFAULT, QueueName.DEFAULT, perCommit, textLength, duration);
  }

  /**
   * Adds tasks to a database that nobody has open, faster than they could be submitted: first
   * finished ones, then waiting ones of lower rank than any that is submitted later.
   */
  public static void fill(Path file, int finished, int waiting, int textLength) {
    Backlog.fill(file, finished, waiting, textLength);
  }
}
