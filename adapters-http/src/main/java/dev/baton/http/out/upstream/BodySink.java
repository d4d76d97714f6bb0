package dev.baton.http.out.upstream;

/** Takes an answer's body while it comes. Called by one thread, which may be held back. */
public interface BodySink {

  /** Whether this body is wanted in pieces; another one is gathered into the reply. */
  boolean wants(int status, UpstreamHeaders headers);

  /**
   * Takes what has come.
   *
   * @param bytes good during the call only
   * @return whether more is wanted; otherwise the call ends well, here
   */
  boolean take(byte[] bytes, int length);
}
