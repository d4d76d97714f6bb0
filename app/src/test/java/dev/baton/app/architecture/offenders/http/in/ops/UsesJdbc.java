package dev.baton.app.architecture.offenders.http.in.ops;

import java.sql.Connection;

/** A dialect that asks the database itself. */
final class UsesJdbc {
  Class<?> connection() {
    return Connection.class;
  }
}
