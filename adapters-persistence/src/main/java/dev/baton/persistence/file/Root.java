package dev.baton.persistence.file;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The directory that files may lie under. Every step down to a file is taken from the directory
 * that the step before has opened, and none follows a link: what is swapped meanwhile leads
 * nowhere.
 */
final class Root {
  private static final int PATH_MAX = 1_024;

  private final Path directory;

  Root(Path directory) {
    this.directory = directory;
  }

  /** A way down from the root: directories, then a name. */
  record Place(List<String> directories, String name) {
    Place {
      directories = List.copyOf(directories);
    }
  }

  /** What is done in the directory that holds the file. */
  @FunctionalInterface
  interface Step<R> {
    R in(SecureDirectoryStream<Path> parent) throws IOException;
  }

  static BatonException notAllowed() {
    return new BatonException(
        ErrorCode.PATH_NOT_ALLOWED,
        "a path has to lie below files.root, and to lead through no link");
  }

  /** Where a path of a caller's leads, by its text alone. */
  Place place(String path) {
    boolean foreign =
        path.isBlank()
            || path.length() > PATH_MAX
            || path.indexOf('\\') >= 0
            || path.indexOf(':') >= 0
            || path.chars().anyMatch(c -> c < ' ');
    if (foreign) {
      throw notAllowed();
    }
    try {
      return place(Path.of(path));
    } catch (InvalidPathException e) {
      throw notAllowed();
    }
  }

  private Place place(Path given) {
    if (given.isAbsolute() && !given.startsWith(directory)) {
      throw notAllowed();
    }
    List<String> names = new ArrayList<>();
    for (Path name : given.isAbsolute() ? directory.relativize(given) : given) {
      String text = name.toString();
      if (text.equals("..")) {
        throw notAllowed();
      }
      if (!text.equals(".") && !text.isEmpty()) {
        names.add(text);
      }
    }
    if (names.isEmpty()) {
      throw notAllowed();
    }
    return new Place(names.subList(0, names.size() - 1), names.get(names.size() - 1));
  }

  Path path(Place place) {
    Path path = directory;
    for (String name : place.directories()) {
      path = path.resolve(name);
    }
    return path.resolve(place.name());
  }

  /** Opens a plain file for reading. */
  SeekableByteChannel read(Place place) {
    try {
      return within(
          place,
          parent -> {
            Path name = Path.of(place.name());
            // Looked at before it is opened: opening a pipe would wait for its other end.
            if (!attributes(parent, name).isRegularFile()) {
              throw notAllowed();
            }
            Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return parent.newByteChannel(name, options);
          });
    } catch (NoSuchFileException e) {
      throw new BatonException(ErrorCode.FILE_NOT_FOUND, "there is no such file", e);
    }
  }

  /** Whether a plain file is there; refused when something else is. */
  boolean exists(Place place) throws NoSuchFileException {
    return within(
        place,
        parent -> {
          try {
            if (!attributes(parent, Path.of(place.name())).isRegularFile()) {
              throw notAllowed();
            }
            return true;
          } catch (NoSuchFileException e) {
            return false;
          }
        });
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> parent, Path name)
      throws IOException {
    return parent
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  /**
   * Does something in the directory that holds the file.
   *
   * @throws NoSuchFileException when there is no such directory, or the step says so
   */
  <R> R within(Place place, Step<R> step) throws NoSuchFileException {
    try (DirectoryStream<Path> top = Files.newDirectoryStream(directory)) {
      if (!(top instanceof SecureDirectoryStream<Path> secure)) {
        throw new BatonException(
            ErrorCode.FILES_DISABLED, "this system can't open files safely below a directory");
      }
      return descend(secure, place.directories(), step);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (NotDirectoryException e) {
      throw notAllowed();
    } catch (FileSystemException e) {
      // A link where none may be, or no right to look: the same for all of them.
      throw notAllowed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <R> R descend(
      SecureDirectoryStream<Path> from, List<String> directories, Step<R> step) throws IOException {
    if (directories.isEmpty()) {
      return step.in(from);
    }
    Path next = Path.of(directories.get(0));
    try (SecureDirectoryStream<Path> below =
        from.newDirectoryStream(next, LinkOption.NOFOLLOW_LINKS)) {
      return descend(below, directories.subList(1, directories.size()), step);
    }
  }
}
