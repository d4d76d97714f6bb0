package dev.baton.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchFilesContract;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBatchesTest extends BatchFilesContract {
  @TempDir private Path directory;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(directory.resolve("root")).toRealPath();
  }

  @Override
  protected BatchFiles files() {
    try {
      return FileBatches.under(root, Optional.of(root.resolve("baton.db")));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected BatchFiles disabled() {
    return FileBatches.disabled();
  }

  @Override
  protected Path root() {
    return root;
  }

  @Test
  void absolutePath_underTheRoot_isRead() throws IOException {
    Files.createDirectory(root.resolve("sub"));
    put("sub/a.csv", "prompt\na\n");

    try (BatchInput input = files().open(root.resolve("sub/a.csv").toString())) {
      assertThat(all(input)).hasSize(1);
    }
  }

  @Test
  void link_isRefused_whereverItLies_andWhereverItLeads() throws IOException {
    Path outside = Files.writeString(directory.resolve("secret.csv"), "prompt\nsecret\n");
    put("inside.csv", "prompt\na\n");
    Files.createSymbolicLink(root.resolve("link.csv"), outside);
    Files.createSymbolicLink(root.resolve("dangling.csv"), directory.resolve("none"));
    Files.createSymbolicLink(root.resolve("near.csv"), root.resolve("inside.csv"));
    Files.createSymbolicLink(root.resolve("up"), directory);

    for (String path : new String[] {"link.csv", "dangling.csv", "near.csv", "up/secret.csv"}) {
      assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open(path));
      assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().create(path, "", true));
    }
    assertThat(outside).hasContent("prompt\nsecret\n");
  }

  @Test
  void file_swappedAfterItWasOpened_isReadAsItWas() throws IOException {
    put("a.csv", "prompt\nfirst\n");
    Path other = Files.writeString(directory.resolve("other"), "prompt\nx\ny\n");

    try (BatchInput input = files().open("a.csv")) {
      Files.move(other, root.resolve("a.csv"), StandardCopyOption.REPLACE_EXISTING);

      assertThat(all(input))
          .extracting(row -> row.task().orElseThrow().prompt().text())
          .containsExactly("first");
    }
  }

  @Test
  void pipe_andDirectory_areRefused_withoutWaiting() throws Exception {
    Files.createDirectory(root.resolve("dir"));
    int made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start().waitFor();

    assertThat(made).isZero();
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open("pipe"));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open("dir"));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().create("dir", "", true));
  }

  @Test
  void ownDatabase_andWhatLiesBesideIt_areNeitherReadNorWrittenOver() throws IOException {
    put("baton.db", "prompt\na\n");
    Files.createDirectory(root.resolve("baton.db-spool"));
    put("baton.db-spool/upload", "prompt\na\n");

    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open("baton.db"));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().open("baton.db-spool/upload"));

    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().create("baton.db", "", true));
    assertRefused(ErrorCode.PATH_NOT_ALLOWED, () -> files().create("baton.db-wal", "", true));
  }

  @Test
  void output_isForItsOwnerAlone_alsoInThePlaceOfAnother() throws IOException {
    put("out.csv", "older");
    Files.setPosixFilePermissions(
        root.resolve("out.csv"), PosixFilePermissions.fromString("rw-rw-rw-"));
    for (String name : List.of("out.csv", "new.csv")) {
      try (BatchOutput output = files().create(name, "", true)) {
        output.write("answers");
        output.commit();
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void spool_isForItsOwnerAlone_andWhatWasLeftInItIsRemoved() throws IOException {
    Path spool = directory.resolve("spool");
    SpoolDirectory.prepare(spool);
    Path kept = Files.createTempFile(spool, "baton-", ".rows");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    SpoolDirectory.prepare(spool);
    assertThat(spool).isEmptyDirectory();
  }

  @Test
  void spool_inThePlaceOfALink_isRefused() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("baton-precious"), "");
    Path link = Files.createSymbolicLink(directory.resolve("spool"), other);

    assertThatThrownBy(() -> SpoolDirectory.prepare(link)).isInstanceOf(IOException.class);
    assertThat(other).isNotEmptyDirectory();
  }
}
