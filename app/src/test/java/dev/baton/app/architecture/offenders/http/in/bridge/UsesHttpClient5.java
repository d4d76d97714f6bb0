package dev.baton.app.architecture.offenders.http.in.bridge;

import org.apache.hc.client5.http.impl.async.HttpAsyncClients;

/** A dialect that calls others past the guard of addresses. */
final class UsesHttpClient5 {
  Object client() {
    return HttpAsyncClients.createDefault();
  }
}
