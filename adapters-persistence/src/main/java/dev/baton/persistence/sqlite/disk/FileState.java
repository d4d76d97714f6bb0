package dev.baton.persistence.sqlite.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file as it is at one moment.
 *
 * @param key what tells it from every other one of this machine, by whatever name; null: unknown
 * @param written when somebody wrote to it last
 */
public record FileState(@Nullable Object key, long bytes, FileTime written) {

  /** Absent when there is no such file, or it can't be looked at. */
  public static Optional<FileState> of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new FileState(now.fileKey(), now.size(), now.lastModifiedTime()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public boolean isSameFileAs(FileState other) {
    return Objects.equals(key, other.key);
  }

  public boolean isLaterThan(FileState other) {
    return !written.equals(other.written);
  }
}
