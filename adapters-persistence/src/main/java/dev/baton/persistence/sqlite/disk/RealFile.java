package dev.baton.persistence.sqlite.disk;

import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The one name of a file, whatever symbolic links lead to it. */
public final class RealFile {
  private static final int LINKS_MAX = 40;

  private RealFile() {}

  /**
   * The file that {@code path} leads to, which need not exist; its directory must.
   *
   * @throws StoreRefusedException when there is no such directory, when links lead in a circle, or
   *     when a directory, a device or a pipe has the name
   */
  public static Path of(Path path) {
    Path file = path.toAbsolutePath().normalize();
    try {
      for (int links = 0; links < LINKS_MAX; links++) {
        if (Files.exists(file)) {
          requirePlain(file, path);
          return file.toRealPath();
        }
        if (!Files.isSymbolicLink(file)) {
          return missing(file);
        }
        file = file.resolveSibling(Files.readSymbolicLink(file)).normalize();
      }
    } catch (IOException e) {
      throw StoreFaults.refusal("can't follow " + path, e);
    }
    throw new StoreRefusedException(Reason.UNREACHABLE, path + " is a link that leads to itself");
  }

  /** Before anything is laid beside it: the place of a device is not ours to take. */
  private static void requirePlain(Path file, Path given) {
    if (!Files.isRegularFile(file)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE,
          "%s is %s, and a database is a file"
              .formatted(given, Files.isDirectory(file) ? "a directory" : "a device or a pipe"));
    }
  }

  private static Path missing(Path file) throws IOException {
    Path directory = file.getParent();
    Path name = file.getFileName();
    if (directory == null || name == null || !Files.isDirectory(directory)) {
      throw new StoreRefusedException(
          Reason.UNREACHABLE, "there is no directory " + directory + ": create it first");
    }
    return directory.toRealPath().resolve(name);
  }

  /** What tells a file from every other one of this machine, by whatever name; absent: unknown. */
  public static Optional<Object> identity(Path file) {
    try {
      return Optional.ofNullable(
          Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
