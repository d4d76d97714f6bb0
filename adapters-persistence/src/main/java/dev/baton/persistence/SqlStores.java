package dev.baton.persistence;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.port.Maintenance;
import dev.baton.core.port.Store;
import dev.baton.persistence.sqlite.SqliteMaintenance;
import dev.baton.persistence.sqlite.SqliteOpener;
import dev.baton.persistence.sqlite.SqliteStore;
import dev.baton.persistence.sqlite.disk.RealFile;
import dev.baton.persistence.sqlite.disk.Turn;
import java.nio.file.Path;
import java.util.Optional;

/** Opens stores. */
public final class SqlStores {

  private SqlStores() {}

  /** Opens {@code file} with {@link StoreOptions#DEFAULT}. */
  public static SqliteStore open(Path file) {
    return open(file, StoreOptions.DEFAULT);
  }

  /**
   * Opens a database file, creating or migrating it; readable by its owner alone. Until the store
   * is closed no other process, and no second caller in this one, gets it, by whatever name.
   *
   * @throws StoreRefusedException when it is in use, damaged, of a newer build or out of reach; the
   *     file is then as it was
   */
  public static SqliteStore open(Path file, StoreOptions options) {
    return SqliteOpener.open(file, options.opening());
  }

  /**
   * Opens a database file for reading, also while another process writes to it, which neither hears
   * of it nor waits. It must exist. Whatever would write fails.
   *
   * @return nothing if an older build wrote it, so that it must be opened for writing first
   * @throws StoreRefusedException when it is damaged, of a newer build or out of reach
   */
  public static Optional<Store> read(Path file) {
    return SqliteOpener.read(file);
  }

  /** The one name of a database file, whatever symbolic links lead to it; it need not exist. */
  public static Path realFile(Path file) {
    return RealFile.of(file);
  }

  /** The housekeeping of a database file, which need not be open. */
  public static Maintenance maintenance(Path file) {
    return maintenance(file, Turn.lasting("housekeeping"));
  }

  /**
   * The same.
   *
   * @param turn how what changes the file waits for others
   */
  public static Maintenance maintenance(Path file, Turn turn) {
    return new SqliteMaintenance(file, turn);
  }

  /**
   * Loads what opening a store will need, and opens nothing. To be called early on a thread of its
   * own, where time to start counts.
   */
  public static void preload() {
    SqliteOpener.preload();
  }
}
