package dev.baton.http.out.upstream;

import java.io.IOException;

/** Ends a call with a fault. */
final class UpstreamException extends IOException {
  private static final long serialVersionUID = 1L;

  private final UpstreamOutcome.Fault fault;

  UpstreamException(UpstreamOutcome.Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  static UpstreamException invalid(String message) {
    return new UpstreamException(UpstreamOutcome.Fault.INVALID, message);
  }

  UpstreamOutcome.Fault fault() {
    return fault;
  }
}
