package dev.baton.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.Baton;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.port.Maintenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file is deleted or replaced while it is open: nothing is acknowledged into nothing. */
final class FileGoneTest {
  @TempDir private Path directory;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  private Baton open() {
    StoreOptions options = StoreOptions.DEFAULT.withLowWater(0).onBroken(broken::complete);
    return Baton.builder(SqlStores.open(file, options)).build();
  }

  private static void assertNothingIsTaken(Baton baton) {
    assertThatThrownBy(() -> baton.submit("lost"))
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessageContaining("while this process had it open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"baton.db", "baton.db-wal"})
  void deleted_isSeenBeforeTheNextAcknowledgement(String name) throws IOException {
    try (Baton baton = open()) {
      baton.submit("kept");
      Files.delete(directory.resolve(name));

      assertNothingIsTaken(baton);
    }
  }

  @Test
  void deleted_isSeenWithinASecond_alsoWhenNothingIsWritten() throws Exception {
    try (Baton baton = open()) {
      baton.submit("kept");
      Files.delete(file);

      assertThat(broken.get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              StoreRefusedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REPLACED));
    }
  }

  @Test
  void replaced_isSeen_andTheOldLogIsNotTakenForTheNewFiles() throws IOException {
    Path other = directory.resolve("other.db");
    Baton.builder(SqlStores.open(other)).build().close();
    Path old = directory.resolve("old.db");
    try (Baton baton = open()) {
      baton.submit("kept");
      Files.createLink(old, file);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertNothingIsTaken(baton);
    }

    byte[] log = Files.readAllBytes(directory.resolve("baton.db-wal"));
    Maintenance maintenance = SqlStores.maintenance(file);
    List<ThrowingCallable> uses =
        List.of(
            () -> SqlStores.open(file),
            () -> SqlStores.read(file),
            maintenance::check,
            maintenance::compact,
            () -> maintenance.clockAhead(Instant.EPOCH),
            () -> maintenance.resetClock(Instant.EPOCH),
            () -> maintenance.prune(Duration.ZERO, removed -> {}),
            () -> maintenance.backup(directory.resolve("copy.db"), percent -> {}));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOfSatisfying(
              StoreRefusedException.class,
              refusal -> assertThat(refusal.reason()).isEqualTo(Reason.REPLACED));
      assertThat(directory.resolve("baton.db-wal")).hasBinaryContent(log);
    }

    Files.move(old, file, StandardCopyOption.REPLACE_EXISTING);
    try (Baton baton = open()) {
      assertThat(baton.lease(new WorkerId("w"), Duration.ofMinutes(1))).isPresent();
    }
  }
}
