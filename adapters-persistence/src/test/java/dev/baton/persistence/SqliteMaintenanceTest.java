package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.port.Maintenance;
import dev.baton.core.port.MaintenanceContract;
import dev.baton.core.port.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class SqliteMaintenanceTest extends MaintenanceContract {

  @Override
  protected Maintenance maintenance(Path database) {
    return SqlStores.maintenance(database);
  }

  @Override
  protected Store openStore(Path database) {
    return SqlStores.open(database, StoreOptions.DEFAULT.withLowWater(0));
  }

  @Test
  void restore_keepsWhatWasThere_besideIt() {
    Path copy = directory.resolve("copy.db");
    TaskId late;
    try (Baton baton = open(file)) {
      maintenance(file).backup(copy, percent -> {});
      late = baton.submit("late");
    }

    maintenance(file).restore(copy);

    try (Baton kept = open(directory.resolve("baton.db.before-restore-1"))) {
      assertThat(kept.find(late)).isPresent();
    }
  }
}
