package dev.baton.persistence.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where uploads lie while they come and are read: one directory of one server. */
public final class SpoolDirectory {

  private SpoolDirectory() {}

  /**
   * Makes the directory, for its owner alone, or removes what a server before has left in it. To be
   * called before anything is put there.
   *
   * @throws IOException when it can't be, or a link or a file is in its place
   */
  public static void prepare(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      make(directory);
    } else if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(directory.toString());
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "baton-*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void make(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null && Files.getFileStore(parent).supportsFileAttributeView("posix")) {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(directory);
    }
  }
}
