package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.port.Store;
import dev.baton.persistence.sqlite.disk.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time has a file, by whatever name it goes; others wait, or read beside it. */
final class PossessionTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  private static Baton open(Path database) {
    return Baton.builder(SqlStores.open(database, StoreOptions.DEFAULT.withLowWater(0))).build();
  }

  private static void assertInUse(Path database) {
    assertThatThrownBy(() -> open(database).close())
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.IN_USE));
  }

  @Test
  void symbolicLink_andItsTarget_areOneDatabase() throws IOException {
    Path there = Files.createDirectory(directory.resolve("there"));
    Path link = Files.createSymbolicLink(there.resolve("link.db"), file);
    try (StoreProcess other = StoreProcess.open(link, true)) {
      assertThat(other.outcome()).isEqualTo("OPEN");
      assertThat(file).isNotEmptyFile();
      assertInUse(file);
      assertInUse(link);
      assertInUse(Files.createSymbolicLink(directory.resolve("chain.db"), link));
      assertThatThrownBy(() -> SqlStores.maintenance(file).prune(Duration.ZERO, removed -> {}))
          .hasMessageContaining("process " + other.pid() + " (a probe)");
      assertThatThrownBy(() -> SqlStores.maintenance(link).restore(file))
          .hasMessageContaining("process " + other.pid());
      assertThat(SqlStores.maintenance(link).holder()).hasValue(other.pid());
    }
    assertThat(there).isDirectoryNotContaining("glob:**-wal");
  }

  @Test
  void linkedDirectory_isTheSameDirectory() throws IOException {
    Path linked =
        Files.createSymbolicLink(directory.resolveSibling("linked-" + hashCode()), directory);
    try (Baton first = open(file)) {
      first.submit("hello");
      assertInUse(linked.resolve("baton.db"));
    } finally {
      Files.delete(linked);
    }
  }

  @Test
  void hardLink_whoseOtherNameIsInUse_isRefused_fromAnotherProcessAndFromThis() throws IOException {
    open(file).close();
    Path other = Files.createLink(directory.resolve("other.db"), file);
    try (StoreProcess process = StoreProcess.open(file, true)) {
      assertThat(process.outcome()).isEqualTo("OPEN");

      assertThatThrownBy(() -> open(other)).hasMessageContaining("hard link");
      assertThatThrownBy(() -> SqlStores.maintenance(other).prune(Duration.ZERO, removed -> {}))
          .hasMessageContaining("hard link");
    }
    try (Baton here = open(file)) {
      here.submit("hello");
      assertInUse(other);
      try (StoreProcess process = StoreProcess.open(other, true)) {
        assertThat(process.outcome()).contains("IN_USE").contains("hard link");
      }
    }
    open(other).close();
  }

  @Test
  void linkThatLeadsToItself_isRefused() throws IOException {
    Path circle = directory.resolve("circle.db");
    Files.createSymbolicLink(circle, circle);

    assertThatThrownBy(() -> open(circle))
        .isInstanceOfSatisfying(
            StoreRefusedException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  @Test
  void shortPossession_isWaitedFor_andTold() throws IOException {
    List<String> told = new ArrayList<>();
    try (StoreProcess other = StoreProcess.open(file, false)) {
      assertThat(other.outcome()).isEqualTo("OPEN");
      Turn turn =
          new Turn(
              "a test",
              false,
              Duration.ofMinutes(1),
              holder -> {
                told.add(holder);
                var unused = CompletableFuture.runAsync(other::kill);
              });

      SqlStores.open(file, StoreOptions.DEFAULT.withTurn(turn)).close();

      assertThat(told).containsExactly("process " + other.pid() + " (a probe)");
    }
  }

  @Test
  void shortPossession_thatDoesNotEnd_isRefusedInTheEnd() throws IOException {
    try (StoreProcess other = StoreProcess.open(file, false)) {
      assertThat(other.outcome()).isEqualTo("OPEN");
      Turn turn = new Turn("a test", false, Duration.ofMillis(50), holder -> {});

      assertThatThrownBy(() -> SqlStores.open(file, StoreOptions.DEFAULT.withTurn(turn)))
          .hasMessageContaining("process " + other.pid() + " (a probe)");
    }
  }

  @Test
  void lastingPossession_isRefusedAtOnce_withTheAddressOfAServer() throws IOException {
    try (var store = SqlStores.open(file)) {
      store.tellAddress("http://127.0.0.1:4711");
      try (StoreProcess other = StoreProcess.open(file, false)) {
        assertThat(other.outcome())
            .contains("IN_USE")
            .contains("process " + ProcessHandle.current().pid())
            .contains("--server http://127.0.0.1:4711");
      }
    }
  }

  @Test
  void read_besideAnotherProcess_seesWhatIsCommitted_andLeavesTheFileAlone() throws IOException {
    try (StoreProcess other = StoreProcess.open(file, true)) {
      assertThat(other.outcome()).isEqualTo("OPEN");
      try (Store reading = SqlStores.read(file).orElseThrow()) {
        Baton baton = Baton.builder(reading).build();

        assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT)).ready()).isEqualTo(1);
        assertThatThrownBy(() -> baton.submit("no")).isInstanceOf(IllegalStateException.class);
      }
      try (StoreProcess third = StoreProcess.open(file, true)) {
        assertThat(third.outcome()).as("the lock held").contains("IN_USE");
      }
    }
  }
}
