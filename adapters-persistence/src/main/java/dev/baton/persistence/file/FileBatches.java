package dev.baton.persistence.file;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import dev.baton.persistence.file.Root.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link BatchFiles} on the disk. Thread-safe; holds no file open but for those it hands out. */
public final class FileBatches implements BatchFiles {
  private final @Nullable Root root;
  private final Optional<Path> database;

  private FileBatches(@Nullable Root root, Optional<Path> database) {
    this.root = root;
    this.database = database;
  }

  /**
   * Files under {@code root}, an existing directory.
   *
   * @param database Baton's own file, which may be neither read nor written over
   */
  public static FileBatches under(Path root, Optional<Path> database) throws IOException {
    requireNonNull(root, "root");
    return new FileBatches(new Root(root.toRealPath()), database);
  }

  /** No file of the server's is read or written; uploads and texts are. */
  public static FileBatches disabled() {
    return new FileBatches(null, Optional.empty());
  }

  private Root root() {
    if (root == null) {
      throw new BatonException(
          ErrorCode.FILES_DISABLED, "no files are served: the server has no files.root");
    }
    return root;
  }

  @Override
  public BatchInput open(String path) {
    Place place = root().place(path);
    if (isOwn(place)) {
      // To close a file is to give up all locks on it, those of the database as well.
      throw Root.notAllowed();
    }
    SeekableByteChannel channel = root().read(place);
    return TextInput.of(channel, Format.of(place.name()), channel::close);
  }

  @Override
  public BatchInput uploaded(Path file, Format format) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(file);
      return TextInput.of(
          channel,
          format,
          () -> {
            channel.close();
            Files.deleteIfExists(file);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BatchInput inline(String text, Format format) {
    return TextInput.of(text, format);
  }

  @Override
  public BatchOutput create(String path, String input, boolean overwrite) {
    return new FileOutput(root(), checked(path, input, overwrite), overwrite);
  }

  @Override
  public void checkOutput(String path, String input, boolean overwrite) {
    checked(path, input, overwrite);
  }

  private Place checked(String path, String input, boolean overwrite) {
    Place place = root().place(path);
    if (isOwn(place)) {
      throw Root.notAllowed();
    }
    if (!input.isEmpty() && root().place(input).equals(place)) {
      throw new BatonException(ErrorCode.VALIDATION_FAILED, "the output file is the input file");
    }
    try {
      if (root().exists(place) && !overwrite) {
        throw FileOutput.exists();
      }
    } catch (NoSuchFileException e) {
      throw new BatonException(
          ErrorCode.VALIDATION_FAILED, "the output file's directory does not exist", e);
    }
    return place;
  }

  /** The database, or what lies beside it under its name: the log, the lock, uploads, a backup. */
  private boolean isOwn(Place place) {
    if (database.isEmpty()) {
      return false;
    }
    Path own = real(database.get());
    Path target = real(root().path(place));
    Path name = own.getFileName();
    Path beside = own.getParent();
    return beside != null
        && name != null
        && target.startsWith(beside)
        && beside.relativize(target).getName(0).toString().startsWith(name.toString());
  }

  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    try {
      return parent == null ? absolute : parent.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute;
    }
  }
}
