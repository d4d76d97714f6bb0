package dev.baton.http.in.transport;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.List;

/**
 * How long a client may take; each at least a millisecond.
 *
 * @param head from the first byte of a request to the end of its header; then the connection is
 *     closed
 * @param body from the end of the header to the end of the body; then 408
 * @param idle between a reply and the next request; then the connection is closed
 * @param write to take a reply that is ready; then the connection is closed
 */
record Timeouts(Duration head, Duration body, Duration idle, Duration write) {
  static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(4),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  Timeouts {
    for (Duration each : List.of(head, body, idle, write)) {
      checkArgument(each.toMillis() > 0, "a timeout is at least a millisecond: %s", each);
    }
  }
}
