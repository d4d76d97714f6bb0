package dev.baton.persistence.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The driver unpacks its native library before it loads it; from a directory that others can write
 * to, they could have another one loaded. So it gets a directory of the user's own.
 */
final class NativeLibrary {
  private static final String PROPERTY = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  static void keepPrivate() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    Path directory = Path.of(System.getProperty("user.home"), ".cache", "baton");
    try {
      Files.createDirectories(directory);
      if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
      System.setProperty(PROPERTY, directory.toString());
    } catch (IOException e) {
      // A user without a home of his own, as services often are: the driver's default serves.
      System.getLogger(NativeLibrary.class.getName())
          .log(System.Logger.Level.DEBUG, "no private directory for the native library", e);
    }
  }
}
