package dev.baton.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;

/** Opens a database file: private, locked, of our kind, migrated. */
public final class SqliteOpener {

  private SqliteOpener() {}

  /** See {@link dev.baton.persistence.SqlStores#preload}. */
  public static void preload() {
    NativeLibrary.keepPrivate();
    try (Session session = SqliteSessions.inMemory()) {
      Migrations.migrate(session);
    }
  }

  /** Opens a file for housekeeping: with no ballast, and nobody to tell of what breaks. */
  static SqliteStore open(Path file) {
    return open(file, true, 0, Optional.empty(), cause -> {});
  }

  /** Opens a file; the parameters are those of {@code StoreOptions}. */
  public static SqliteStore open(
      Path file,
      boolean powerLossSafe,
      long ballastBytes,
      Optional<Long> lowWaterBytes,
      Consumer<Throwable> onBroken) {
    Path database = file.toAbsolutePath().normalize();
    NativeLibrary.keepPrivate();
    createPrivate(database);
    FileLock lock = FileLock.acquire(database);
    Session session = null;
    try {
      session = SqliteSessions.writer(database, powerLossSafe);
      Migrations.migrate(session);
      Path directory = requireNonNull(database.getParent());
      DiskGuard disk =
          new DiskGuard(
              database.resolveSibling(database.getFileName() + "-ballast"),
              ballastBytes,
              DiskGuard.freeBytesOf(directory),
              lowWaterBytes.orElseGet(() -> DiskGuard.defaultLowWater(directory)));
      return new SqliteStore(database, lock, disk, session, onBroken);
    } catch (RuntimeException e) {
      if (session != null) {
        session.close();
      }
      lock.close();
      throw refusal(database, e);
    }
  }

  private static RuntimeException refusal(Path database, RuntimeException e) {
    if (e instanceof StoreRefusedException refused) {
      return refused;
    }
    boolean sql = SqlFailure.in(e).isPresent() || e instanceof ConnectionException;
    return sql
        ? new StoreRefusedException(
            Reason.DAMAGED,
            database
                + " is damaged or no database. It was left as it is: look at it with 'baton check',"
                + " or bring back a backup with 'baton restore'",
            e)
        : e;
  }

  /** SQLite gives its other files the mode of this one. */
  private static void createPrivate(Path database) {
    Path directory = database.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE, "there is no directory " + directory + ": create it first");
    }
    try {
      PrivateFiles.create(database);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(database) || !Files.isWritable(database)) {
        throw new StoreRefusedException(
            Reason.UNREACHABLE, database + " is no file that can be written", e);
      }
    } catch (IOException e) {
      throw new StoreRefusedException(Reason.UNREACHABLE, "can't create " + database + ": " + e, e);
    }
  }
}
