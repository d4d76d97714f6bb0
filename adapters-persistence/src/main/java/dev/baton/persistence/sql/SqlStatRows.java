package dev.baton.persistence.sql;

import com.google.common.primitives.ImmutableLongArray;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.stats.Durations;
import dev.baton.core.domain.stats.Stats;
import dev.baton.core.port.StatRows;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.jdbc.Values;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ended when. What a transaction adds is kept in a list and written by {@link #flush}. */
final class SqlStatRows implements StatRows {
  private static final String SUMS =
      "completed, failed, millis, prompt_tokens, completion_tokens, took";
  private static final String FIND =
      "SELECT " + SUMS + " FROM stat WHERE tenant = ? AND start = ? AND model = ?";
  private static final String PUT = Statements.put("stat", "tenant, start, model", SUMS);
  private static final int LOW_BITS = 0x7F;
  private static final int MORE = 0x80;

  private static final String PRUNE =
      "DELETE FROM stat WHERE (tenant, start, model) IN"
          + " (SELECT tenant, start, model FROM stat WHERE start < ? LIMIT ?)";

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
        Statements.first(session, FIND, to -> bind(to, name), SqlStatRows::stats)
            .orElse(Stats.NONE);
    Stats sum = before.plus(more);
    Statements.update(
        session,
        PUT,
        to -> {
          bind(to, name);
          to.number(sum.completed())
              .number(sum.failed())
              .number(sum.millis())
              .number(sum.promptTokens())
              .number(sum.completionTokens())
              .bytes(packed(sum.durations()));
        });
  }

  private static void bind(Values to, Name name) throws SQLException {
    to.text(name.tenant().value()).number(name.start()).text(name.model());
  }

  /** Reads {@link #SUMS}. */
  private static Stats stats(Row row) throws SQLException {
    long completed = row.number();
    long failed = row.number();
    long millis = row.number();
    long promptTokens = row.number();
    long completionTokens = row.number();
    return new Stats(
        completed, failed, millis, unpacked(row.bytes()), promptTokens, completionTokens);
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
            "SELECT start, model, "
                + SUMS
                + " FROM stat WHERE tenant = :tenant AND start >= :from AND start < :to"
                + " ORDER BY start, model")
        .bind("tenant", tenant)
        .bind("from", from)
        .bind("to", to)
        .map((row, context) -> bucket(new Row(row)))
        .list();
  }

  @Override
  public int prune(Instant cutoff, int max) {
    return sql.prune(PRUNE, cutoff, max);
  }

  private static Bucket bucket(Row row) throws SQLException {
    Instant start = row.instant();
    String model = row.text();
    return new Bucket(
        start, model.isEmpty() ? Optional.empty() : Optional.of(new ModelName(model)), stats(row));
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
