package dev.baton.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers the first fault of a write: the print writer above it would only
 * know that there was one. As safe for use by several threads as the stream below it.
 */
final class DataStream extends FilterOutputStream {
  private volatile @Nullable IOException fault;

  DataStream(OutputStream out) {
    super(out);
  }

  /** Why data was lost; empty also when the reader of a pipe wanted no more of it. */
  Optional<String> loss() {
    return Optional.ofNullable(fault)
        .map(IOException::getMessage)
        .filter(message -> !message.contains("Broken pipe"));
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    try {
      out.write(octets, from, length);
    } catch (IOException e) {
      fault = fault == null ? e : fault;
      throw e;
    }
  }
}
