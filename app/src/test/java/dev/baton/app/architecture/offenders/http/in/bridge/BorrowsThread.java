package dev.baton.app.architecture.offenders.http.in.bridge;

import java.util.concurrent.CompletableFuture;

/** A dialect that works on a pool which all share. */
final class BorrowsThread {
  CompletableFuture<String> later() {
    return CompletableFuture.supplyAsync(() -> "later");
  }
}
