package dev.baton.http.in.server;

/** What all calls of one server share. */
record Chain(Gate gate, Router router, Cors cors, Bounds bounds, ServerStats stats) {

  /** The bounds of a call. */
  record Bounds(long bodyMax, BodyBudget bodies, Timeouts timeouts, Drain drain) {}
}
