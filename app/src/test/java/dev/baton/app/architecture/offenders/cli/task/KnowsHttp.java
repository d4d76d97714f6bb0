package dev.baton.app.architecture.offenders.cli.task;

import dev.baton.app.architecture.offenders.http.out.client.Calls;

/** A command that knows how it is carried. */
final class KnowsHttp {
  Class<?> client() {
    return Calls.class;
  }
}
