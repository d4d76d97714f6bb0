package dev.baton.persistence.sqlite;

import static java.util.Objects.requireNonNull;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.port.Maintenance;
import dev.baton.core.port.TaskRows.Pruned;
import dev.baton.core.usecase.batch.BatchWalk;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.sqlite.disk.FileLock;
import dev.baton.persistence.sqlite.disk.LockNote;
import dev.baton.persistence.sqlite.disk.PrivateFiles;
import dev.baton.persistence.sqlite.disk.RealFile;
import dev.baton.persistence.sqlite.disk.SqliteFault;
import dev.baton.persistence.sqlite.disk.StoreFaults;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** {@link Maintenance} of a SQLite file. Backup and check also work beside a running server. */
public final class SqliteMaintenance implements Maintenance {
  private static final int FULL_ATTEMPTS = 3;
  private static final Set<Reason> REFUSED_COPIES =
      Set.of(Reason.DAMAGED, Reason.FOREIGN, Reason.NEWER);
  private static final List<String> SIDE_FILES = List.of("-wal", "-shm");

  private final Path file;
  private final Turn turn;

  /**
   * @param turn how what changes the file waits for others
   */
  public SqliteMaintenance(Path file, Turn turn) {
    this.turn = requireNonNull(turn, "turn");
    this.file = RealFile.of(file);
  }

  @Override
  public Copied backup(Path to, LongConsumer progress) {
    requireFile(file);
    Path target = to.toAbsolutePath().normalize();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    requireWritable(target);
    requireSound();
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
    } catch (IOException e) {
      throw StoreFaults.refusal("the backup to " + target + " failed", e);
    } catch (JdbiException e) {
      // Of the two disks the copy's is the one that is written to.
      Path guilty = SqliteFault.of(e) == SqliteFault.DAMAGED ? file : target;
      throw StoreFaults.refusal(guilty, e).map(RuntimeException.class::cast).orElse(e);
    } finally {
      discard(part);
    }
  }

  /** It can be opened and is of Baton's: faults of the file are not to be blamed on its copy. */
  private void requireSound() {
    NativeLibrary.keepPrivate();
    try (Session session = SqliteOpener.reader(file)) {
      requireNonNull(session);
    } catch (JdbiException | SqlFailure e) {
      throw StoreFaults.refusal(file, e).map(RuntimeException.class::cast).orElse(e);
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
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE,
          "can't write %s: it is %s, whose place no file is to take"
              .formatted(target, Files.isDirectory(target) ? "a directory" : "a device or a pipe"));
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
    Checked checked = checked(copy, name);
    if (!checked.isIntact()) {
      throw new StoreRefusedException(
          Reason.DAMAGED,
          "%s is damaged: %s".formatted(name, String.join("; ", checked.findings())));
    }
    removeSideFiles(copy);
    return new Copied(target, Files.size(copy), checked.tasks());
  }

  private static Checked checked(Path copy, String name) {
    try {
      return new SqliteMaintenance(copy, Turn.lasting("the proof of a copy")).check();
    } catch (StoreRefusedException e) {
      throw switch (e.reason()) {
        case FOREIGN ->
            new StoreRefusedException(
                Reason.FOREIGN, name + " is a database, but not one of Baton's", e);
        case NEWER ->
            new StoreRefusedException(
                Reason.NEWER, "%s is refused: %s".formatted(name, e.getMessage()), e);
        default -> e;
      };
    }
  }

  @Override
  public Copied restore(Path from) {
    Path source = from.toAbsolutePath().normalize();
    requireFile(source);
    requireWritable(file);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileLock lock = acquire(false)) {
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
      throw StoreFaults.refusal("the restore from " + source + " failed", e);
    } catch (StoreRefusedException e) {
      throw REFUSED_COPIES.contains(e.reason())
          ? new StoreRefusedException(e.reason(), e.getMessage() + "; " + file + " is as it was", e)
          : e;
    }
  }

  /** What was there before is not thrown away: the backup may be the wrong one. */
  private void keepOld() throws IOException {
    int number = 1;
    while (Files.exists(old(number))) {
      number++;
    }
    if (Files.exists(file)) {
      Files.move(file, old(number));
    }
    // Also without the database: its log would be taken for the backup's.
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
    try (Session session = SqliteOpener.reader(file)) {
      Handle handle = session.handle();
      int schema = Migrations.version(session);
      Migrations.checkScripts(session);
      List<String> findings = IntegrityCheck.findings(session);
      long tasks =
          findings.isEmpty()
              ? handle.createQuery("SELECT count(*) FROM task").mapTo(Long.class).one()
              : 0;
      return new Checked(schema, tasks, findings);
    } catch (JdbiException | SqlFailure | StoreRefusedException e) {
      StoreRefusedException why =
          StoreFaults.refusal(file, e)
              .orElseThrow(() -> new IllegalStateException("the check has a bug", e));
      if (why.reason() == Reason.DAMAGED) {
        return new Checked(0, 0, List.of(StoreFaults.finding(file, why)));
      }
      throw why;
    }
  }

  @Override
  public long prune(Duration age, LongConsumer progress) {
    requireFile(file);
    try (Baton baton =
        Baton.builder(SqliteOpener.open(file, Opening.forHousekeeping(turn))).build()) {
      long removed = 0;
      long after = 0;
      while (true) {
        long begin = after;
        Pruned page = await(() -> baton.upkeep().prune(age, begin));
        removed += page.count();
        progress.accept(removed);
        if (page.lastSeq().isEmpty()) {
          break;
        }
        after = page.lastSeq().get();
      }
      removed += pruneBatches(baton, age);
      progress.accept(removed);
      while (await(() -> baton.upkeep().pruneKeys()) > 0) {}
      while (await(() -> baton.upkeep().pruneEvents(age)) > 0) {}
      return removed;
    }
  }

  private long pruneBatches(Baton baton, Duration age) {
    long tasks = 0;
    BatchWalk.Pruned page;
    do {
      page = await(() -> baton.upkeep().pruneBatches(age));
      tasks += page.tasks();
    } while (page.batches() > 0);
    // Their tasks go page by page.
    while (await(() -> baton.upkeep().sweep())) {}
    return tasks;
  }

  /** Tries again when the disk was full: the first time gave up the ballast and emptied the log. */
  private <T> T await(Supplier<CompletableFuture<T>> page) {
    for (int attempt = 1; ; attempt++) {
      try {
        return Baton.await(page.get());
      } catch (BatonException e) {
        if (SqliteFault.of(e) != SqliteFault.FULL) {
          throw e;
        }
        if (attempt == FULL_ATTEMPTS) {
          throw StoreFaults.refusal(file, e).orElseThrow();
        }
      }
    }
  }

  @Override
  public long compact() {
    requireFile(file);
    try (FileLock lock = acquire(true);
        Session session = SqliteSessions.writer(file, true)) {
      lock.renew();
      long before = Files.size(file);
      session.handle().execute("VACUUM");
      session.handle().execute("PRAGMA wal_checkpoint(TRUNCATE)");
      return before - Files.size(file);
    } catch (IOException e) {
      throw StoreFaults.refusal("compacting " + file + " failed", e);
    } catch (JdbiException | SqlFailure e) {
      throw StoreFaults.refusal(file, e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  /**
   * Takes the file, which need not be there.
   *
   * @param withLog whether SQLite is to be let near it, so that its log must be its own
   */
  private FileLock acquire(boolean withLog) {
    FileLock lock = FileLock.acquire(file, turn);
    try {
      if (withLog && lock.isLogOfAnother()) {
        StartCheck.logOfAnother(file);
      }
      if (Files.exists(file)) {
        lock.lockFile();
      } else {
        lock.note("");
      }
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  @Override
  public Duration clockAhead(Instant wall) {
    requireFile(file);
    try (Session session = SqliteOpener.reader(file)) {
      return ClockReset.ahead(session, wall);
    } catch (JdbiException | SqlFailure e) {
      throw StoreFaults.refusal(file, e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  @Override
  public Duration resetClock(Instant wall) {
    requireFile(file);
    try (FileLock lock = acquire(true);
        Session session = SqliteSessions.writer(file, true)) {
      lock.renew();
      Migrations.migrate(session);
      return ClockReset.run(session, wall);
    } catch (JdbiException | SqlFailure e) {
      throw StoreFaults.refusal(file, e).map(RuntimeException.class::cast).orElse(e);
    }
  }

  @Override
  public OptionalLong holder() {
    return FileLock.holder(file).map(LockNote::pid).orElseGet(OptionalLong::empty);
  }

  private static void requireFile(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new StoreRefusedException(Reason.UNREACHABLE, "there is no file " + path);
    }
    // Not by opening it: the end of that would drop the locks that SQLite has for this process.
    if (!Files.isReadable(path)) {
      throw new StoreRefusedException(Reason.NO_PERMISSION, path + " may not be read by this user");
    }
  }
}
