package dev.baton.persistence.sql;

import com.google.common.primitives.ImmutableLongArray;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Durations;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.port.StatRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ended when. What a transaction adds is kept in a list and written by {@link #flush}. */
final class SqlStatRows implements StatRows {
  private static final String COLUMNS =
      "start, model, completed, failed, millis, prompt_tokens, completion_tokens, took";
  private static final String FIND =
      "SELECT " + COLUMNS + " FROM stat WHERE tenant = ? AND start = ? AND model = ?";
  private static final String PUT =
      "INSERT INTO stat (tenant, "
          + COLUMNS
          + ") VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (tenant, start, model) DO UPDATE SET"
          + " completed = excluded.completed, failed = excluded.failed, millis = excluded.millis,"
          + " prompt_tokens = excluded.prompt_tokens,"
          + " completion_tokens = excluded.completion_tokens, took = excluded.took";
  private static final int LOW_BITS = 0x7F;
  private static final int MORE = 0x80;

  private final Session session;
  private final Sql sql;
  private final List<Added> added = new ArrayList<>();

  private record Name(TenantId tenant, long start, String model) {}

  private record Added(Name name, Stats more) {}

  SqlStatRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  void begin() {
    added.clear();
  }

  int mark() {
    return added.size();
  }

  /** Forgets what a work added before it failed. */
  void resetTo(int mark) {
    added.subList(mark, added.size()).clear();
  }

  /** Writes what was added; before the commit. */
  void flush() {
    if (added.isEmpty()) {
      return;
    }
    Map<Name, Stats> sums = new LinkedHashMap<>();
    added.forEach(one -> sums.merge(one.name(), one.more(), Stats::plus));
    added.clear();
    sums.forEach(this::write);
  }

  private void write(Name name, Stats more) {
    Stats before =
        Statements.query(
                session,
                FIND,
                statement -> {
                  statement.setString(1, name.tenant().value());
                  statement.setLong(2, name.start());
                  statement.setString(3, name.model());
                },
                SqlStatRows::bucket)
            .stream()
            .findFirst()
            .map(Bucket::stats)
            .orElse(Stats.NONE);
    Stats sum = before.plus(more);
    Statements.update(
        session,
        PUT,
        statement -> {
          statement.setString(1, name.tenant().value());
          statement.setLong(2, name.start());
          statement.setString(3, name.model());
          statement.setLong(4, sum.completed());
          statement.setLong(5, sum.failed());
          statement.setLong(6, sum.millis());
          statement.setLong(7, sum.promptTokens());
          statement.setLong(8, sum.completionTokens());
          statement.setBytes(9, packed(sum.durations()));
        });
  }

  @Override
  public void add(TenantId tenant, Instant start, Optional<ModelName> model, Stats more) {
    sql.changes();
    String name = model.map(ModelName::value).orElse("");
    added.add(new Added(new Name(tenant, start.toEpochMilli(), name), more));
  }

  @Override
  public List<Bucket> list(TenantId tenant, Instant from, Instant to) {
    return sql.query(
            "SELECT * FROM stat WHERE tenant = :tenant AND start >= :from AND start < :to"
                + " ORDER BY start, model")
        .bind("tenant", tenant)
        .bind("from", from)
        .bind("to", to)
        .map((row, context) -> bucket(row))
        .list();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.update(
            "DELETE FROM stat WHERE (tenant, start, model) IN"
                + " (SELECT tenant, start, model FROM stat WHERE start < :cutoff LIMIT :max)")
        .bind("cutoff", cutoff)
        .bind("max", max)
        .execute();
  }

  private static Bucket bucket(ResultSet row) throws SQLException {
    String model = row.getString("model");
    return new Bucket(
        Columns.instant(row, "start"),
        model.isEmpty() ? Optional.empty() : Optional.of(new ModelName(model)),
        new Stats(
            row.getLong("completed"),
            row.getLong("failed"),
            row.getLong("millis"),
            unpacked(row.getBytes("took")),
            row.getLong("prompt_tokens"),
            row.getLong("completion_tokens")));
  }

  private static byte[] packed(Durations durations) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Durations.BINS);
    for (int i = 0; i < Durations.BINS; i++) {
      long rest = durations.counts().get(i);
      while (rest > LOW_BITS) {
        bytes.write((int) (rest & LOW_BITS) | MORE);
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
    return bytes.toByteArray();
  }

  private static Durations unpacked(byte[] bytes) {
    long[] counts = new long[Durations.BINS];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      int shift = 0;
      byte next;
      do {
        next = bytes[at++];
        counts[i] |= (long) (next & LOW_BITS) << shift;
        shift += 7;
      } while ((next & MORE) != 0);
    }
    return new Durations(ImmutableLongArray.copyOf(counts));
  }
}
