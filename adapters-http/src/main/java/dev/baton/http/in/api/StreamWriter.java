package dev.baton.http.in.api;

/**
 * The writing end of a streamed reply. Writes are buffered up to a bound; a reader that is slower
 * than that is cut off and may come back and resume. Thread-safe; no method blocks.
 */
public interface StreamWriter {

  /**
   * Queues these bytes, as they are, behind what was written before. False when the stream is over:
   * closed, the client gone, or the client too slow for the buffer, which ends the stream.
   */
  boolean write(byte[] bytes);

  /**
   * Runs {@code action} once everything queued so far is sent, at once if it is; never when the
   * stream ends before. A source that has much to send waits for it between its pieces.
   */
  void onDrained(Runnable action);

  /** Cuts the stream off, so that the reader knows it is not whole. */
  void abort();

  /** Ends the body once everything queued is sent. Doing it twice does nothing. */
  void close();

  /** Runs once when the stream is over, for whatever reason; at once if it is over already. */
  void onClosed(Runnable action);
}
