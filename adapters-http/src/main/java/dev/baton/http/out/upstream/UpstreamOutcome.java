package dev.baton.http.out.upstream;

/** What came of a call. */
public sealed interface UpstreamOutcome {

  /** An answer came, whatever its status. */
  record Replied(UpstreamReply reply) implements UpstreamOutcome {}

  /**
   * No whole answer came.
   *
   * @param message for people and logs: one line, without keys, headers and bodies
   */
  record Failed(Fault fault, String message) implements UpstreamOutcome {}

  /** Why. */
  enum Fault {
    /** The address is not one that Baton goes to; nothing was connected. */
    BLOCKED,
    /** No such host, no connection, no TLS, or it broke before an answer began. */
    UNREACHABLE,
    /** One of the call's times was over. */
    TIMED_OUT,
    /** The body is larger than the call takes. */
    TOO_LARGE,
    /** What came back is no HTTP, or broke off. */
    INVALID,
    /** The caller gave it up, or the client was closed. */
    ABORTED,
    /** Too many calls are under way. */
    BUSY
  }
}
