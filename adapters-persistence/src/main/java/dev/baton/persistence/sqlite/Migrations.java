package dev.baton.persistence.sqlite;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Brings a database to this build's schema: numbered scripts, each with its note in {@code
 * schema_version}, all missing ones in one transaction, so that a kill leaves the old schema or the
 * new one and nothing between. A script that was released is never changed: its checksum is
 * compared at each start.
 */
final class Migrations {
  /** "BATN": tells our files from other SQLite databases (PRAGMA application_id). */
  static final int APPLICATION_ID = 0x4241544E;

  private static final List<String> SCRIPTS =
      IntStream.rangeClosed(1, 12).mapToObj("V%03d.sql"::formatted).toList();

  private Migrations() {}

  /** The version of the schema that the scripts lead to. */
  static int newest() {
    return SCRIPTS.size();
  }

  /** Refuses a database of somebody else's or of a newer build. */
  static void migrate(Session session) {
    checkKind(session);
    int version = version(session);
    if (version == newest()) {
      checkScripts(session, version);
      return;
    }
    Handle handle = session.handle();
    session.execute("BEGIN IMMEDIATE");
    try {
      checkScripts(session, version);
      handle.execute(
          "CREATE TABLE IF NOT EXISTS schema_version"
              + " (version INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT");
      for (int next = version + 1; next <= newest(); next++) {
        String script = script(next);
        handle.createScript(script).execute();
        handle.execute("INSERT INTO schema_version VALUES (?, ?)", next, checksum(script));
      }
      handle.execute("PRAGMA application_id = " + APPLICATION_ID);
      handle.execute("PRAGMA user_version = " + newest());
      session.execute("COMMIT");
    } catch (RuntimeException e) {
      session.rollbackAfter(e);
      throw e;
    }
  }

  /** Refuses what is not a database of ours, or a newer build's; an empty one is welcome. */
  static void checkKind(Session session) {
    checkKind(
        "this file",
        version(session),
        number(session, "PRAGMA application_id"),
        number(session, "SELECT count(*) FROM sqlite_schema") == 0);
  }

  /**
   * The same by what a file's header says.
   *
   * @param name of the file, for a message
   * @param isEmpty whether there is no table
   */
  static void checkKind(String name, int version, int application, boolean isEmpty) {
    boolean fresh = application == 0 && version == 0 && isEmpty;
    if (application != APPLICATION_ID && !fresh) {
      throw new StoreRefusedException(
          Reason.FOREIGN,
          name
              + " is a database, but not one of Baton's, and was left as it is: choose another --db");
    }
    if (version > newest()) {
      throw new StoreRefusedException(
          Reason.NEWER,
          "a newer Baton wrote this database (schema %d, this build knows %d): use that version"
              .formatted(version, newest()));
    }
  }

  /** Tables and indices that a database of this build's schema should have and this one lacks. */
  static List<String> missing(Session session) {
    List<String> there = objects(session);
    try (Session fresh = SqliteSessions.inMemory()) {
      migrate(fresh);
      return objects(fresh).stream().filter(name -> !there.contains(name)).toList();
    }
  }

  private static List<String> objects(Session session) {
    return Statements.query(
        session,
        "SELECT type || ' ' || name FROM sqlite_schema ORDER BY name",
        none -> {},
        Row::text);
  }

  static int version(Session session) {
    return number(session, "PRAGMA user_version");
  }

  /** Refuses a database whose header and scripts disagree, or whose scripts are not ours. */
  static void checkScripts(Session session) {
    checkScripts(session, version(session));
  }

  private static void checkScripts(Session session, int upTo) {
    if (!objects(session).contains("table schema_version")) {
      if (upTo > 0) {
        throw new StoreRefusedException(
            Reason.DAMAGED, "the database has a schema, but does not say which");
      }
      return;
    }
    Map<Integer, String> known = new HashMap<>();
    Statements.visit(
        session,
        "SELECT version, checksum FROM schema_version",
        none -> {},
        row -> known.put(row.integer(), row.text()) == null);
    int last = known.keySet().stream().mapToInt(n -> n).max().orElse(0);
    if (last != upTo) {
      throw new StoreRefusedException(
          Reason.DAMAGED,
          "the header says that the schema is number %d, its scripts say %d".formatted(upTo, last));
    }
    for (int version = 1; version <= upTo; version++) {
      if (!checksum(script(version)).equals(known.get(version))) {
        throw new StoreRefusedException(
            Reason.DAMAGED,
            "schema script %d of this database is not the released one".formatted(version));
      }
    }
  }

  private static int number(Session session, String sql) {
    return Statements.first(session, sql, none -> {}, Row::integer).orElseThrow();
  }

  private static String script(int version) {
    URL resource = Resources.getResource(Migrations.class, SCRIPTS.get(version - 1));
    try {
      return Resources.toString(resource, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String checksum(String script) {
    return Hashing.sha256().hashString(script, StandardCharsets.UTF_8).toString();
  }
}
