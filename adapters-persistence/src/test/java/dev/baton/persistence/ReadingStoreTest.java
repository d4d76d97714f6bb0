package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.core.port.StoreContract;
import dev.baton.core.port.Transaction;
import dev.baton.core.testing.ForwardingStore;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads beside a writer sees what the contract says, and writes nothing. */
final class ReadingStoreTest extends StoreContract {
  @TempDir private Path directory;

  @Override
  protected Store createStore() {
    return new Beside(writer(), reading());
  }

  private Store writer() {
    return SqlStores.open(file(), StoreOptions.DEFAULT.withLowWater(0));
  }

  private Store reading() {
    return SqlStores.read(file()).orElseThrow();
  }

  private Path file() {
    return directory.resolve("baton.db");
  }

  /** Writes by one store, reads by another one of the same file. */
  private static final class Beside extends ForwardingStore {
    private final Store reading;

    Beside(Store writer, Store reading) {
      super(writer);
      this.reading = reading;
    }

    @Override
    public <R> CompletableFuture<R> read(Work<R> work) {
      return reading.read(work);
    }

    @Override
    public void close() {
      reading.close();
      super.close();
    }
  }

  @Test
  void write_isRefused_andChangesNothing() {
    writer().close();
    try (Store store = reading()) {
      assertThatThrownBy(() -> store.write(Urgency.SUBMIT, ReadingStoreTest::pause).join())
          .hasRootCauseInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> store.read(ReadingStoreTest::pause).join()).isNotNull();

      assertThat(store.read(tx -> tx.queues().paused(TenantId.DEFAULT)).join()).isEmpty();
    }
  }

  private static boolean pause(Transaction tx) {
    tx.queues().setPaused(TenantId.DEFAULT, QueueName.DEFAULT, true);
    return true;
  }
}
