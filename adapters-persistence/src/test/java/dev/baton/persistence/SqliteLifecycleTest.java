package dev.baton.persistence;

import dev.baton.core.LifecycleContract;
import dev.baton.core.port.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLifecycleTest extends LifecycleContract {
  @TempDir private Path directory;

  @Override
  protected Store createStore() {
    return SqlStores.open(directory.resolve("baton.db"), StoreOptions.DEFAULT.withLowWater(0));
  }
}
