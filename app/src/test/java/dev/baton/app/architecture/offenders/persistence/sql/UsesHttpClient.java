package dev.baton.app.architecture.offenders.persistence.sql;

import java.net.http.HttpClient;

/** A store that calls over HTTP. */
final class UsesHttpClient {
  Object client() {
    return HttpClient.newHttpClient();
  }
}
