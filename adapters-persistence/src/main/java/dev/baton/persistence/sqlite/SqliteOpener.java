package dev.baton.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.port.Store;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.sqlite.disk.FileLock;
import dev.baton.persistence.sqlite.disk.PrivateFiles;
import dev.baton.persistence.sqlite.disk.RealFile;
import dev.baton.persistence.sqlite.disk.StoreFaults;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens a database file: private, locked, of our kind, sound, migrated. */
public final class SqliteOpener {
  private static final System.Logger LOG = System.getLogger(SqliteOpener.class.getName());

  private SqliteOpener() {}

  /** See {@link dev.baton.persistence.SqlStores#preload}. */
  public static void preload() {
    NativeLibrary.keepPrivate();
    try (Session session = SqliteSessions.inMemory()) {
      Migrations.migrate(session);
    }
  }

  /** Opens a file. */
  public static SqliteStore open(Path file, Opening how) {
    Path database = RealFile.of(file);
    NativeLibrary.keepPrivate();
    FileLock.requireNotOpenHere(database);
    StartCheck.header(database);
    FileLock lock = FileLock.acquire(database, how.turn());
    try {
      LogCheck.database(database);
      if (lock.isLogOfAnother()) {
        StartCheck.logOfAnother(database);
      }
      createPrivate(database);
      lock.lockFile();
      return opened(database, lock, how);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static SqliteStore opened(Path database, FileLock lock, Opening how) {
    DiskGuard disk = DiskGuard.of(database, how);
    try {
      return tried(database, lock, disk, how);
    } catch (RuntimeException e) {
      RuntimeException why = refusal(database, e);
      if (why instanceof StoreRefusedException refused
          && refused.reason() == Reason.FULL
          && disk.giveUp()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the disk is full: the ballast of {0} is given up",
            database);
        return tried(database, lock, disk, how);
      }
      throw why;
    }
  }

  private static SqliteStore tried(Path database, FileLock lock, DiskGuard disk, Opening how) {
    Session session = null;
    boolean isNew = database.toFile().length() == 0;
    try {
      session = SqliteSessions.writer(database, how.powerLossSafe());
      Migrations.migrate(session);
      if (isNew) {
        // Tables that stood in the log alone would be gone, and nobody would miss them, with it.
        new Checkpointer(session, 0).now();
      }
      lock.renew();
      String seen = QuickCheck.run(database, session, how.checkMax());
      LOG.log(System.Logger.Level.DEBUG, "{0}: looked for damage in {1}", database, seen);
      return new SqliteStore(database, lock, disk, session, how);
    } catch (RuntimeException e) {
      if (session != null) {
        session.close();
      }
      throw refusal(database, e);
    }
  }

  /** Opens a file for reading, beside whoever writes to it; nothing if it must be migrated. */
  public static Optional<Store> read(Path file) {
    Path database = RealFile.of(file);
    NativeLibrary.keepPrivate();
    try (Session session = reader(database)) {
      return Migrations.version(session) < Migrations.newest()
          ? Optional.empty()
          : Optional.of(new ReadingStore(database));
    } catch (RuntimeException e) {
      throw refusal(database, e);
    }
  }

  /** A session to read with, on a file that was looked at as far as that goes without SQLite. */
  static Session reader(Path database) {
    if (!FileLock.isOpenHere(database)) {
      StartCheck.header(database);
    }
    if (FileLock.isLogOfAnother(database)) {
      // Even a reader's end would drop it.
      StartCheck.logOfAnother(database);
    }
    Session session = SqliteSessions.reader(database);
    try {
      Migrations.checkKind(session);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static RuntimeException refusal(Path database, RuntimeException e) {
    return StoreFaults.refusal(database, e).map(RuntimeException.class::cast).orElse(e);
  }

  /** SQLite gives its other files the mode of this one. */
  private static void createPrivate(Path database) {
    try {
      PrivateFiles.create(requireNonNull(database));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(database)) {
        throw new StoreRefusedException(Reason.UNREACHABLE, database + " is no file", e);
      }
      if (!Files.isWritable(database)) {
        throw new StoreRefusedException(
            Reason.NO_PERMISSION, database + " may not be written by this user", e);
      }
    } catch (IOException e) {
      throw StoreFaults.refusal("can't create " + database, e);
    }
  }
}
