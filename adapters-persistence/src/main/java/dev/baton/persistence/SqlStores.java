package dev.baton.persistence;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Maintenance;
import dev.baton.persistence.sqlite.SqliteMaintenance;
import dev.baton.persistence.sqlite.SqliteOpener;
import dev.baton.persistence.sqlite.SqliteStore;
import java.nio.file.Path;

/** Opens stores. */
public final class SqlStores {

  private SqlStores() {}

  /** Opens {@code file} with {@link StoreOptions#DEFAULT}. */
  public static SqliteStore open(Path file) {
    return open(file, StoreOptions.DEFAULT);
  }

  /**
   * Opens a database file, creating or migrating it; readable by its owner alone. Until the store
   * is closed no other process, and no second caller in this one, gets it.
   *
   * @throws StoreRefusedException when it is in use, damaged, of a newer build or out of reach; the
   *     file is then as it was
   */
  public static SqliteStore open(Path file, StoreOptions options) {
    return SqliteOpener.open(
        file,
        options.powerLossSafe(),
        options.ballastBytes(),
        options.lowWaterBytes(),
        options.onBroken());
  }

  /** The housekeeping of a database file, which need not be open. */
  public static Maintenance maintenance(Path file) {
    return new SqliteMaintenance(file);
  }

  /**
   * Loads what opening a store will need, and opens nothing. To be called early on a thread of its
   * own, where time to start counts.
   */
  public static void preload() {
    SqliteOpener.preload();
  }
}
