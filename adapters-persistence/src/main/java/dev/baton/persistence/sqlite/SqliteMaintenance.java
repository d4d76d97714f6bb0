package dev.baton.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.port.Maintenance;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.usecase.batch.BatchWalk;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** {@link Maintenance} of a SQLite file. Backup and check also work beside a running server. */
public final class SqliteMaintenance implements Maintenance {
  private static final List<String> SIDE_FILES = List.of("-wal", "-shm");

  private final Path file;

  public SqliteMaintenance(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  @Override
  public Copied backup(Path to, LongConsumer progress) {
    requireFile(file);
    Path target = to.toAbsolutePath().normalize();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    requireWritable(target);
    try {
      Files.deleteIfExists(part);
      PrivateFiles.create(part);
      // One read transaction, so that a busy server does not make the copy start over.
      try (Session session = SqliteSessions.copier(file)) {
        progress.accept(0);
        session.handle().execute("VACUUM INTO ?", part.toString());
      }
      progress.accept(90);
      Copied copied = prove(part, "the copy of " + file, target);
      PrivateFiles.moveDurably(part, target);
      progress.accept(100);
      return copied;
    } catch (IOException | JdbiException e) {
      throw refused("the backup to " + target + " failed", e);
    } finally {
      discard(part);
    }
  }

  /** A file can be put where {@code target} says. */
  private static void requireWritable(Path target) {
    Path directory = target.getParent();
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE,
          "can't write %s: its directory is missing or not writable".formatted(target));
    }
    if (Files.isDirectory(target)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE, "can't write %s: it is a directory".formatted(target));
    }
  }

  /** What is left of a copy that did not get its name. */
  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
      removeSideFiles(part);
    } catch (IOException e) {
      System.getLogger(SqliteMaintenance.class.getName())
          .log(System.Logger.Level.DEBUG, "can't remove " + part, e);
    }
  }

  /** Opens a copy as a restore would, and reads all of it. */
  private static Copied prove(Path copy, String name, Path target) throws IOException {
    Checked checked = new SqliteMaintenance(copy).check();
    if (!checked.isIntact()) {
      throw new StoreRefusedException(
          Reason.DAMAGED,
          "%s is damaged: %s".formatted(name, String.join("; ", checked.findings())));
    }
    removeSideFiles(copy);
    return new Copied(target, Files.size(copy), checked.tasks());
  }

  @Override
  public Copied restore(Path from) {
    Path source = from.toAbsolutePath().normalize();
    requireFile(source);
    requireWritable(file);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileLock lock = FileLock.acquire(file)) {
      requireNonNull(lock);
      try {
        Files.deleteIfExists(part);
        PrivateFiles.create(part);
        Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
        Copied copied = prove(part, "the backup " + source, file);
        keepOld();
        PrivateFiles.moveDurably(part, file);
        return copied;
      } finally {
        discard(part);
      }
    } catch (IOException e) {
      throw refused("the restore from " + source + " failed", e);
    } catch (StoreRefusedException e) {
      throw e.reason() == Reason.DAMAGED || e.reason() == Reason.NEWER
          ? new StoreRefusedException(e.reason(), e.getMessage() + "; " + file + " is as it was", e)
          : e;
    }
  }

  /** What was there before is not thrown away: the backup may be the wrong one. */
  private void keepOld() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    int number = 1;
    while (Files.exists(old(number))) {
      number++;
    }
    Files.move(file, old(number));
    for (String side : SIDE_FILES) {
      Path path = file.resolveSibling(file.getFileName() + side);
      if (Files.exists(path)) {
        Files.move(path, path.resolveSibling(old(number).getFileName() + side));
      }
    }
  }

  private Path old(int number) {
    return file.resolveSibling(file.getFileName() + ".before-restore-" + number);
  }

  private static void removeSideFiles(Path database) throws IOException {
    for (String side : SIDE_FILES) {
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + side));
    }
  }

  @Override
  public Checked check() {
    requireFile(file);
    NativeLibrary.keepPrivate();
    try (Session session = SqliteSessions.reader(file)) {
      Handle handle = session.handle();
      Migrations.checkKind(handle);
      int schema = handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
      List<String> findings = IntegrityCheck.findings(handle);
      long tasks =
          findings.isEmpty()
              ? handle.createQuery("SELECT count(*) FROM task").mapTo(Long.class).one()
              : 0;
      return new Checked(schema, tasks, findings);
    } catch (JdbiException | SqlFailure e) {
      if (!isDamage(e)) {
        throw new StoreRefusedException(
            Reason.UNREACHABLE,
            "can't check %s, which says nothing of what is in it (%s): its directory must be writable"
                .formatted(file, e.getCause() == null ? e : e.getCause().getMessage()),
            e);
      }
      String why = e.getCause() == null ? e.toString() : e.getCause().toString();
      return new Checked(0, 0, List.of("it can't be read as a database: " + why));
    }
  }

  /** Whether a fault lies in the file's content, not in the way to it. */
  private static boolean isDamage(RuntimeException e) {
    int code = SqlFailure.in(e).map(sql -> sql.getErrorCode() & 0xFF).orElse(0);
    return code == 11 || code == 26; // CORRUPT, NOTADB
  }

  @Override
  public long prune(Duration age, LongConsumer progress) {
    requireFile(file);
    try (Baton baton = Baton.builder(SqliteOpener.open(file)).build()) {
      long removed = 0;
      long after = 0;
      while (true) {
        Pruned page = Baton.await(baton.upkeep().prune(age, after));
        removed += page.count();
        progress.accept(removed);
        if (page.lastSeq().isEmpty()) {
          break;
        }
        after = page.lastSeq().get();
      }
      removed += pruneBatches(baton, age);
      progress.accept(removed);
      while (Baton.await(baton.upkeep().pruneKeys()) > 0) {}
      while (Baton.await(baton.upkeep().pruneEvents(age)) > 0) {}
      return removed;
    }
  }

  private static long pruneBatches(Baton baton, Duration age) {
    long tasks = 0;
    BatchWalk.Pruned page;
    do {
      page = Baton.await(baton.upkeep().pruneBatches(age));
      tasks += page.tasks();
    } while (page.batches() > 0);
    // Their tasks go page by page.
    while (Baton.await(baton.upkeep().sweep())) {}
    return tasks;
  }

  @Override
  public long compact() {
    requireFile(file);
    try (FileLock lock = FileLock.acquire(file);
        Session session = SqliteSessions.writer(file, true)) {
      requireNonNull(lock);
      long before = Files.size(file);
      session.handle().execute("VACUUM");
      session.handle().execute("PRAGMA wal_checkpoint(TRUNCATE)");
      return before - Files.size(file);
    } catch (IOException e) {
      throw refused("compacting failed", e);
    }
  }

  @Override
  public OptionalLong holder() {
    return FileLock.holder(file);
  }

  private static void requireFile(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new StoreRefusedException(Reason.UNREACHABLE, "there is no file " + path);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      requireNonNull(channel);
    } catch (IOException e) {
      throw new StoreRefusedException(Reason.UNREACHABLE, "can't read " + path + ": " + e, e);
    }
  }

  private static BatonException refused(String what, Exception cause) {
    boolean full = SqliteFault.of(cause) == SqliteFault.FULL;
    return new BatonException(
        full ? ErrorCode.STORAGE_FULL : ErrorCode.STORE_UNAVAILABLE,
        what + ": " + cause.getMessage(),
        cause);
  }
}
