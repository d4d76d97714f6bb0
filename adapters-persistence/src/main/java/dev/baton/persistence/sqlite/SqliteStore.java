package dev.baton.persistence.sqlite;

import com.google.common.collect.Multiset;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.event.LoggedEvent;
import dev.baton.core.port.Store;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.sql.SqlTransaction;
import dev.baton.persistence.sqlite.disk.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A {@link Store} in one SQLite file, which this process alone works on. Thread-safe. */
public final class SqliteStore implements Store {
  /** Connections to the file: the writer and the readers. */
  public static final int CONNECTIONS = 3;

  private static final int SUBMITS_WAITING_MAX = 10_000;
  private static final int WORKS_WAITING_MAX = 20_000;
  static final String NEWEST_INSTANT = "SELECT at FROM event_block ORDER BY first DESC LIMIT 1";

  private final Path file;
  private final FileLock lock;
  private final DiskGuard disk;
  private final GroupWriter writer;
  private final Readers readers;
  private final Instant lastInstant;
  private final List<ReadyListener> readyListeners = new CopyOnWriteArrayList<>();
  private final List<EventListener> eventListeners = new CopyOnWriteArrayList<>();
  private final Consumer<Throwable> onBroken;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Set<Line> paused;

  SqliteStore(Path file, FileLock lock, DiskGuard disk, Session writing, Opening how) {
    this.file = file;
    this.lock = lock;
    this.disk = disk;
    this.onBroken = how.onBroken();
    this.paused = SqlTransaction.pausedQueues(writing);
    this.lastInstant =
        Statements.first(writing, NEWEST_INSTANT, to -> {}, Row::instant).orElse(Instant.EPOCH);
    SqlTransaction transaction = SqlTransaction.alone(writing, SqliteNumbers::new, () -> paused);
    FileWatch files = new FileWatch(file, lock, writing);
    writer =
        new GroupWriter(
            writing,
            transaction,
            new Checkpointer(writing, how.logPagesMax()),
            files,
            new WriterListener());
    readers =
        new Readers(
            () -> {
              files.lookWhose();
              Session session = SqliteSessions.reader(file);
              return new Readers.Reader(
                  session, SqlTransaction.reading(session, SqliteNumbers::new, () -> paused));
            });
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    boolean submit = urgency == Urgency.SUBMIT;
    if (submit && !disk.admits()) {
      return CompletableFuture.failedFuture(
          new BatonException(
              ErrorCode.STORAGE_FULL, "the disk is nearly full; no new work is taken"));
    }
    if (writer.size() >= (submit ? SUBMITS_WAITING_MAX : WORKS_WAITING_MAX)) {
      return CompletableFuture.failedFuture(
          new BatonException(ErrorCode.OVERLOADED, "too much is being written; try again"));
    }
    return writer.submit(work);
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return readers.submit(work);
  }

  @Override
  public void addReadyListener(ReadyListener listener) {
    readyListeners.add(listener);
  }

  @Override
  public void addEventListener(EventListener listener) {
    eventListeners.add(listener);
  }

  /**
   * Runs {@code work} in a transaction that its caller begun on {@code connection}, which is open
   * on this store's file, and will commit or roll back. Waiting workers do not hear of it until
   * their next try: call {@link #hint} after the commit.
   */
  @CanIgnoreReturnValue
  public <R> Enlisted<R> enlist(Connection connection, Work<R> work) throws SQLException {
    Session session = SqliteSessions.borrowed(connection);
    try {
      SqlTransaction transaction = SqlTransaction.beside(session, SqliteNumbers::new, () -> paused);
      transaction.begin();
      R result = work.in(transaction);
      transaction.flush();
      return new Enlisted<>(result, transaction.readied());
    } finally {
      session.closeStatements();
    }
  }

  /**
   * What a work in a foreign transaction came to.
   *
   * @param readied for {@link #hint}
   */
  public record Enlisted<R>(R result, Multiset<Line> readied) {}

  /** Tells waiting workers of what a foreign transaction made ready. */
  public void hint(Enlisted<?> committed) {
    tellReady(committed.readied());
  }

  /** The newest instant in the log: a clock that starts here never goes back across a restart. */
  public Instant lastInstant() {
    return lastInstant;
  }

  /** The version of the schema that this program writes. */
  public static int schemaVersion() {
    return Migrations.newest();
  }

  public Path file() {
    return file;
  }

  /** Tells processes that find the file in use where this one serves it. */
  public void tellAddress(String url) {
    lock.note(url);
  }

  /** Works that wait to be written: a measure of load. */
  public int writesWaiting() {
    return writer.size();
  }

  /** Lays in the ballast that a full disk will be met with; takes a moment. */
  public void ensureBallast() {
    disk.ensureBallast();
  }

  /** Whether there is room for new work. */
  public boolean hasRoom() {
    return disk.admits();
  }

  private void tellReady(Multiset<Line> lines) {
    for (ReadyListener listener : readyListeners) {
      listener.onReady(lines);
    }
  }

  private void tellEvents(List<LoggedEvent> events) {
    if (!events.isEmpty()) {
      eventListeners.forEach(listener -> listener.onEvents(events));
    }
  }

  @Override
  public boolean isShared() {
    // The lock beside the file lets no other process in.
    return false;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      readers.close();
      writer.close();
      lock.close();
    }
  }

  private final class WriterListener implements GroupWriter.Listener {
    @Override
    public void onReady(Multiset<Line> lines) {
      tellReady(lines);
    }

    @Override
    public void onCommit(SqlTransaction transaction) {
      if (!eventListeners.isEmpty()) {
        tellEvents(transaction.logged());
      }
    }

    @Override
    public void onPaused(Set<Line> lines) {
      paused = lines;
    }

    @Override
    public void onDiskFull() {
      disk.onDiskFull();
    }

    @Override
    public void onBroken(Throwable cause) {
      if (cause instanceof StoreRefusedException) {
        lock.noteLogOfAnotherFile();
      }
      onBroken.accept(cause);
    }
  }
}
