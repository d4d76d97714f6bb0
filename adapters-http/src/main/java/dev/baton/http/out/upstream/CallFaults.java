package dev.baton.http.out.upstream;

import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Classes what the library and the network say of a failed exchange. */
final class CallFaults {

  private CallFaults() {}

  /**
   * What came of it.
   *
   * @param begun whether the head of an answer was there
   */
  static Failed of(Exception cause, boolean begun) {
    if (cause instanceof UpstreamException ours) {
      return new Failed(ours.fault(), Texts.line(ours));
    }
    if (cause instanceof SocketTimeoutException) {
      return new Failed(Fault.TIMED_OUT, Texts.line(cause));
    }
    if (cause instanceof UnknownHostException) {
      return new Failed(Fault.UNREACHABLE, "no such host");
    }
    if (begun) {
      return new Failed(Fault.INVALID, "the answer broke off: " + said(cause));
    }
    boolean noHttp =
        cause instanceof HttpException
            || cause instanceof MessageConstraintException
            || cause instanceof ConnectionClosedException;
    return noHttp || !(cause instanceof IOException)
        ? new Failed(Fault.INVALID, "the answer is not HTTP/1.1: " + said(cause))
        : new Failed(Fault.UNREACHABLE, said(cause));
  }

  /** What the library says of a message's form quotes what came, which may be anything. */
  private static String said(Exception cause) {
    boolean quotes =
        cause.getClass().getPackageName().startsWith("org.apache.hc.core5.http")
            && !(cause instanceof ConnectionClosedException);
    return quotes ? cause.getClass().getSimpleName() : Texts.line(cause);
  }
}
