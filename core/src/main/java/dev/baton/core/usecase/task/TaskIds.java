package dev.baton.core.usecase.task;

import dev.baton.core.domain.id.TaskId;
import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes task ids: UUIDs of version 7 (RFC 9562, section 5.7), whose order by time keeps the store's
 * id index growing at one end.
 */
public final class TaskIds {
  private static final HexFormat HEX = HexFormat.of();

  private TaskIds() {}

  public static TaskId next(Instant now, RandomGenerator random) {
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextInt() & 0x0FFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    StringBuilder text = new StringBuilder(36);
    text.append(HEX.toHexDigits(high)).append(HEX.toHexDigits(low));
    text.insert(20, '-').insert(16, '-').insert(12, '-').insert(8, '-');
    return new TaskId(text.toString());
  }
}
