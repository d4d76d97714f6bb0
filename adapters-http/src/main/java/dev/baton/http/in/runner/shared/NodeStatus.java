package dev.baton.http.in.runner.shared;

import java.util.List;
import java.util.Optional;

/** What the dialect can't know by itself of the process it runs in. May be asked by any thread. */
public interface NodeStatus {

  /** How busy the processors are, 0 to 1. */
  public double cpu();

  /** How full the heap is, 0 to 1. */
  public double memory();

  /** Open HTTP connections. */
  public int connections();

  /** Seconds since it was started. */
  public long uptimeSeconds();

  /** What the store says of itself. */
  public Storage storage();

  /**
   * A store's own account.
   *
   * @param durability {@code power-loss} or {@code process-crash}: what a stored change survives
   * @param schemaVersion of the file
   * @param freeBytes of its disk
   * @param connections to it
   * @param faults what is wrong, each a short sentence without secrets
   * @param lastError that made it stop writing, if one did
   */
  public record Storage(
      String durability,
      int schemaVersion,
      long freeBytes,
      int connections,
      List<String> faults,
      Optional<String> lastError) {
    public Storage {
      faults = List.copyOf(faults);
    }
  }

  /** A machine of which nothing is known, for documentation and tests. */
  public NodeStatus UNKNOWN =
      new NodeStatus() {
        @Override
        public double cpu() {
          return 0;
        }

        @Override
        public double memory() {
          return 0;
        }

        @Override
        public int connections() {
          return 0;
        }

        @Override
        public long uptimeSeconds() {
          return 0;
        }

        @Override
        public Storage storage() {
          return new Storage("process-crash", 0, 0, 0, List.of(), Optional.empty());
        }
      };
}
