package dev.baton.cli.run;

/** Is told how a run goes; say is safe for several threads. */
public interface RunView extends AutoCloseable {

  /** {@code settled} of the {@code read} rows are over; {@code complete} once all are read. */
  void progress(long settled, long read, boolean complete);

  void say(String sentence);

  @Override
  void close();
}
