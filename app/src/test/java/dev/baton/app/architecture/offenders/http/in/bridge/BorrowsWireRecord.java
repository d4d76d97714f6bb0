package dev.baton.app.architecture.offenders.http.in.bridge;

import dev.baton.app.architecture.offenders.http.in.ops.WireBody;

/** A dialect with another dialect's fields. */
final class BorrowsWireRecord {
  WireBody body() {
    return new WireBody("borrowed");
  }
}
