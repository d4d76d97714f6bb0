package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.StoreRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that the check calls intact opens, and one that it calls damaged does not. */
final class AgreedChecksTest {
  private static final int USER_VERSION = 63;

  @TempDir private Path directory;
  private Path file;

  private static Baton open(Path database) {
    return Baton.builder(SqlStores.open(database, StoreOptions.DEFAULT.withLowWater(0))).build();
  }

  @BeforeEach
  void fill() {
    file = directory.resolve("baton.db");
    try (Baton baton = open(file)) {
      for (int i = 0; i < 20; i++) {
        baton.submit("x".repeat(2_000));
      }
    }
  }

  private void assertAgreed(boolean intact) {
    assertThat(SqlStores.maintenance(file).check().isIntact()).isEqualTo(intact);
    if (intact) {
      open(file).close();
    } else {
      assertThatThrownBy(() -> open(file)).isInstanceOf(StoreRefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 11})
  void olderVersionInTheHeader_isDamage(int version) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[USER_VERSION] = (byte) version;
    Files.write(file, bytes);

    assertAgreed(false);
  }

  @Test
  void newerVersionInTheHeader_isRefusedByBoth() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[USER_VERSION]++;
    Files.write(file, bytes);

    assertThatThrownBy(() -> SqlStores.maintenance(file).check())
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("newer Baton");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageContaining("newer Baton");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE webhook",
        "DROP TABLE schema_version",
        "UPDATE schema_version SET checksum = 'x' WHERE version = 3",
        "DELETE FROM schema_version WHERE version = 12",
        "PRAGMA user_version = 7"
      })
  void schemaThatIsNotOurs_isDamage(String change) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }

    assertAgreed(false);
  }

  @Test
  void fileAsItWasWritten_isIntact() {
    assertAgreed(true);
  }
}
