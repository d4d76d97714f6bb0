package dev.baton.persistence.sqlite;

import dev.baton.core.port.Store;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.sql.SqlTransaction;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * A {@link Store} on a file that this process only reads, whoever writes to it meanwhile: it takes
 * no lock, and whatever would write fails. Thread-safe.
 */
final class ReadingStore implements Store {
  private final Readers readers;

  ReadingStore(Path database) {
    readers =
        new Readers(
            () -> {
              Session session = SqliteSessions.reader(database);
              // Others pause queues without telling, so each work asks anew.
              return new Readers.Reader(
                  session,
                  SqlTransaction.reading(
                      session, SqliteNumbers::new, () -> SqlTransaction.pausedQueues(session)));
            });
  }

  @Override
  public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
    return CompletableFuture.failedFuture(
        new IllegalStateException("the file was opened for reading"));
  }

  @Override
  public <R> CompletableFuture<R> read(Work<R> work) {
    return readers.submit(work);
  }

  @Override
  public void addReadyListener(ReadyListener listener) {}

  @Override
  public void addEventListener(EventListener listener) {}

  @Override
  public void close() {
    readers.close();
  }
}
