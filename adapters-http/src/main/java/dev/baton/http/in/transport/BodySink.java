package dev.baton.http.in.transport;

import java.io.IOException;
import org.xnio.channels.StreamSourceChannel;

/**
 * Where a body is kept while it comes. Confined to the connection's I/O thread.
 *
 * @param <T> the whole body
 */
interface BodySink<T> {

  /**
   * Makes room for a first part.
   *
   * @param announced bytes that the client says it will send; negative when it does not say
   * @throws dev.baton.core.domain.error.BatonException if there is no room
   */
  void open(long announced);

  /**
   * Takes a part of what is there: its bytes, 0 when nothing is there, -1 at the end of the body.
   *
   * @throws dev.baton.core.domain.error.BatonException if there is no room
   */
  int take(StreamSourceChannel source) throws IOException;

  /**
   * All that was taken; after the end of the body.
   *
   * @throws dev.baton.core.domain.error.BatonException if it could not be kept
   */
  T whole();

  /** Gives back the room; when the request is over, and perhaps before anything was opened. */
  void release();
}
