package dev.baton.persistence.file;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchOutput;
import dev.baton.persistence.file.Root.Place;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Written under a name of its own beside its place, flushed, then renamed. */
final class FileOutput implements BatchOutput {
  private static final int BUFFER = 1 << 16;

  private final Root root;
  private final Place place;
  private final boolean overwrite;
  private final Path temporary = Path.of(".baton-" + UUID.randomUUID() + ".part");
  private final SeekableByteChannel channel;
  private final Writer writer;
  private boolean committed;

  FileOutput(Root root, Place place, boolean overwrite) {
    this.root = root;
    this.place = place;
    this.overwrite = overwrite;
    Set<OpenOption> options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
    try {
      channel =
          root.within(
              place,
              parent ->
                  parent.newByteChannel(
                      temporary,
                      options,
                      PosixFilePermissions.asFileAttribute(
                          PosixFilePermissions.fromString("rw-------"))));
    } catch (NoSuchFileException e) {
      throw noDirectory(e);
    }
    writer =
        new BufferedWriter(
            Channels.newWriter(channel, StandardCharsets.UTF_8.newEncoder(), BUFFER), BUFFER);
  }

  private static BatonException noDirectory(NoSuchFileException e) {
    return new BatonException(
        ErrorCode.VALIDATION_FAILED, "the output file's directory does not exist", e);
  }

  @Override
  public void write(String text) {
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit() {
    try {
      writer.flush();
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
      if (root.exists(place) && !overwrite) {
        throw exists();
      }
      root.within(
          place,
          parent -> {
            parent.move(temporary, parent, Path.of(place.name()));
            return true;
          });
      committed = true;
    } catch (NoSuchFileException e) {
      throw noDirectory(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!committed) {
        root.within(
            place,
            parent -> {
              parent.deleteFile(temporary);
              return true;
            });
      }
    } catch (NoSuchFileException e) {
      // Somebody else removed it: nothing is left, which is what was wanted.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static BatonException exists() {
    return new BatonException(ErrorCode.FILE_EXISTS, "the output file exists");
  }
}
