package dev.baton.http.in.ops;

import java.util.List;

/**
 * Whether work may be sent here.
 *
 * @param reasons why not, each a short sentence without secrets; none when it may
 * @param insecure whether the server listens to others without asking for keys
 * @param clockAheadSeconds how far the clock of leases is ahead of the wall clock; of no
 *     consequence for whether work may be sent
 */
public record Readiness(List<String> reasons, boolean insecure, long clockAheadSeconds) {
  public static final Readiness READY = new Readiness(List.of(), false, 0);

  public Readiness {
    reasons = List.copyOf(reasons);
  }

  public boolean isReady() {
    return reasons.isEmpty();
  }
}
