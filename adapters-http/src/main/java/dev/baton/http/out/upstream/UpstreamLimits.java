package dev.baton.http.out.upstream;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * The bounds of one call.
 *
 * @param connect to find the host, connect and agree on TLS
 * @param total from the start to the last byte
 * @param idle from one piece of the body to the next
 * @param maxBody bytes of the body, at most {@link #MOST}
 * @param cut the head alone counts: what of the body lies beyond {@code maxBody}, comes later than
 *     2 s after the head or breaks off is left, instead of being a fault
 */
public record UpstreamLimits(
    Duration connect, Duration total, Duration idle, int maxBody, boolean cut) {
  /** Bytes of the largest body that is read: 16 MiB. */
  public static final int MOST = 16 * 1024 * 1024;

  public static final UpstreamLimits DEFAULT =
      new UpstreamLimits(
          Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(30), MOST, false);

  public UpstreamLimits {
    checkArgument(!connect.isNegative() && !connect.isZero(), "connect is a time");
    checkArgument(!total.isNegative() && !total.isZero(), "total is a time");
    checkArgument(!idle.isNegative() && !idle.isZero(), "idle is a time");
    checkArgument(maxBody >= 0 && maxBody <= MOST, "maxBody is from 0 to %s", MOST);
  }

  public UpstreamLimits withTimes(Duration newTotal, Duration newIdle) {
    return new UpstreamLimits(connect, newTotal, newIdle, maxBody, cut);
  }

  public UpstreamLimits withConnect(Duration newConnect) {
    return new UpstreamLimits(newConnect, total, idle, maxBody, cut);
  }

  /** Lets the head alone count, and reads this many bytes of the body and no more. */
  public UpstreamLimits cutAt(int bytes) {
    return new UpstreamLimits(connect, total, idle, bytes, true);
  }

  /** Takes a larger body for a fault. */
  public UpstreamLimits withMaxBody(int bytes) {
    return new UpstreamLimits(connect, total, idle, bytes, false);
  }
}
