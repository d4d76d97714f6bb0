package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;

/**
 * Keeps a large body in a private temporary file, which is removed when the request is over. Writes
 * on the I/O thread: to the system's cache, a buffer at a time.
 */
final class FileBody implements BodySink<Path> {
  private static final int BUFFER = 64 * 1024;

  private final Optional<Path> directory;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private @Nullable Path file;
  private @Nullable FileChannel out;

  /**
   * @param directory where the file is made; the system's place when absent
   */
  FileBody(Optional<Path> directory) {
    this.directory = directory;
  }

  @Override
  public void open(long announced) {
    try {
      // Made for its owner alone, whatever the umask says.
      Path made =
          directory.isPresent()
              ? Files.createTempFile(directory.get(), "baton-body-", ".spool")
              : Files.createTempFile("baton-body-", ".spool");
      file = made;
      out = FileChannel.open(made, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  @Override
  public int take(StreamSourceChannel source) throws IOException {
    int count = source.read(buffer.clear());
    if (count > 0) {
      write(opened(out));
    }
    return count;
  }

  private void write(FileChannel to) {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  @Override
  public Path whole() {
    try {
      close();
    } catch (IOException e) {
      throw noRoom(e);
    }
    return opened(file);
  }

  @Override
  public void release() {
    try {
      close();
      Path spooled = file;
      file = null;
      if (spooled != null) {
        Files.deleteIfExists(spooled);
      }
    } catch (IOException e) {
      System.getLogger(FileBody.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary file could not be removed", e);
    }
  }

  private void close() throws IOException {
    FileChannel closing = out;
    out = null;
    if (closing != null) {
      closing.close();
    }
  }

  private static <T> T opened(@Nullable T resource) {
    if (resource == null) {
      throw new IllegalStateException("the body's file is not open");
    }
    return resource;
  }

  private static BatonException noRoom(IOException e) {
    return new BatonException(
        ErrorCode.STORAGE_FULL, "there is no room to keep the body while it comes", e);
  }
}
