package dev.baton.core.port;

/**
 * A file that is being written. Seen by nobody until {@link #commit}; closed without it, nothing is
 * left. Blocks; used by one thread at a time.
 */
public interface BatchOutput extends AutoCloseable {

  /** Adds to the end. */
  void write(String text);

  /** Flushes to the disk and puts the file under its name, in one step. */
  void commit();

  @Override
  void close();
}
