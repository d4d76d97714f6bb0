package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.NewTask;
import dev.baton.core.usecase.task.Submitted;
import dev.baton.persistence.sqlite.SqliteStore;
import dev.baton.persistence.sqlite.SqliteStore.Enlisted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submitting within a transaction of the caller's own, on the same file. */
final class EnlistTest {
  @TempDir private Path directory;

  @Test
  void aForeignCommit_bringsItsTasks_andARollbackTakesThemBack() throws SQLException {
    Path file = directory.resolve("baton.db");
    SqliteStore store = SqlStores.open(file, StoreOptions.DEFAULT.withLowWater(0));
    try (Baton baton = Baton.builder(store).build();
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      baton.submit("before");
      connection.createStatement().execute("CREATE TABLE invoice (id TEXT PRIMARY KEY)");
      connection.setAutoCommit(false);

      connection.createStatement().execute("INSERT INTO invoice VALUES ('i1')");
      Enlisted<List<Submitted>> kept = submit(baton, store, connection);
      connection.commit();
      store.hint(kept);
      connection.createStatement().execute("INSERT INTO invoice VALUES ('i2')");
      Enlisted<List<Submitted>> dropped = submit(baton, store, connection);
      connection.rollback();
      connection.setAutoCommit(true);
      TaskId after = baton.submit("after");

      assertThat(baton.find(kept.result().get(0).id())).isPresent();
      assertThat(baton.find(dropped.result().get(0).id())).isEmpty();
      assertThat(baton.find(after)).isPresent();
      assertThat(Baton.await(baton.insight().events(0, 10)))
          .extracting(event -> event.number())
          .containsExactly(1L, 2L, 3L);
    }
  }

  private static Enlisted<List<Submitted>> submit(
      Baton baton, SqliteStore store, Connection connection) throws SQLException {
    return store.enlist(
        connection,
        tx -> baton.submissions().submitIn(tx, TenantId.DEFAULT, List.of(NewTask.of("invoice"))));
  }
}
