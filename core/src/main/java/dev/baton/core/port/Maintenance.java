package dev.baton.core.port;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.StoreRefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The housekeeping of one database, known by its place; holds nothing open between calls.
 *
 * <p><b>Threads:</b> one call at a time. Every call blocks until it is done.
 *
 * <p><b>Errors:</b> {@link StoreRefusedException} when the database can't be opened as it is: in
 * use by another process, damaged, of a newer Baton, out of reach. {@link BatonException} when the
 * work itself is refused, such as for want of disk space.
 */
public interface Maintenance {

  /**
   * Copies the database as of one instant, also while a server has it open, and proves the copy by
   * opening it. An existing {@code to} is replaced only once the copy is proved.
   *
   * @param progress is told from time to time how many per cent are copied
   */
  Copied backup(Path to, LongConsumer progress);

  /**
   * Puts a backup in the place of the database, which nobody may have open; the old files are kept
   * beside it. Refuses a backup that is damaged or newer than this build.
   */
  Copied restore(Path from);

  /** Reads everything and says what is wrong with it; changes nothing. */
  Checked check();

  /**
   * Removes tasks that were over for longer than {@code age}, with all that belongs to them, page
   * by page. Tasks of a batch go with their batch, once all of it was over for so long.
   *
   * @param progress is told from time to time how many tasks went
   * @return how many tasks went
   */
  long prune(Duration age, LongConsumer progress);

  /** Gives free pages back to the file system; returns the bytes won. */
  long compact();

  /** How far the newest instant in the database lies ahead of {@code wall}; zero if it does not. */
  Duration clockAhead(Instant wall);

  /**
   * Sets back what a wrong clock left in the future: leases, pauses and retries by as much as the
   * clock was ahead, so that each lasts as long as it was to; what is noted of the past to {@code
   * wall} at the latest. Nobody may have the database open.
   *
   * @return by how much the clock was ahead; zero if nothing was to be done
   */
  Duration resetClock(Instant wall);

  /** The process that has the database open, where that can be told. */
  OptionalLong holder();

  /** What a copy came to. */
  record Copied(Path file, long bytes, long tasks) {}

  /**
   * What a check found.
   *
   * @param schema the version of its tables
   * @param tasks how many it holds
   * @param findings what is wrong, for people; empty when all is well
   */
  record Checked(int schema, long tasks, List<String> findings) {
    public Checked {
      findings = List.copyOf(findings);
    }

    public boolean isIntact() {
      return findings.isEmpty();
    }
  }
}
