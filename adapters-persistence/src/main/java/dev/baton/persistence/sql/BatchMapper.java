package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchWork;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.IdempotencyKey;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A {@code batch} row, in and out. */
final class BatchMapper {
  static final String COLUMNS =
      "seq, tenant, id, name, description, model, temperature, max_tokens, max_retries, priority,"
          + " deadline, queue, concurrency, created_at, state, runs, started_at, finished_at, work,"
          + " work_after, changed_at";

  static final int COLUMN_COUNT = 21;

  static final String INSERT =
      "INSERT INTO batch ("
          + COLUMNS
          + ", key_scope, key_value, key_fingerprint)"
          + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

  private BatchMapper() {}

  static void bind(PreparedStatement insert, Batch batch, Optional<IdempotencyKey> key)
      throws SQLException {
    Batch.About about = batch.about();
    insert.setLong(1, batch.seq());
    insert.setString(2, batch.tenant().value());
    insert.setString(3, batch.id().value());
    insert.setString(4, about.name());
    insert.setString(5, about.description());
    bindConfig(insert, 6, about.config());
    insert.setLong(14, about.createdAt().toEpochMilli());
    bindRun(insert, 15, batch.run());
    Columns.set(insert, 22, key.map(IdempotencyKey::scope).orElse(null));
    Columns.set(insert, 23, key.map(IdempotencyKey::value).orElse(null));
    Columns.set(insert, 24, key.map(IdempotencyKey::fingerprint).orElse(null));
  }

  /** Eight columns from {@code first} on. */
  static void bindConfig(PreparedStatement insert, int first, BatchConfig config)
      throws SQLException {
    Columns.set(insert, first, config.model().map(ModelName::value).orElse(null));
    if (config.temperature().isPresent()) {
      insert.setDouble(first + 1, config.temperature().getAsDouble());
    } else {
      insert.setNull(first + 1, Types.DOUBLE);
    }
    bindInt(insert, first + 2, config.maxTokens());
    bindInt(insert, first + 3, config.maxRetries());
    insert.setInt(first + 4, config.priority().steps());
    Columns.set(insert, first + 5, config.deadline().map(Instant::toEpochMilli).orElse(null));
    insert.setString(first + 6, config.queue().value());
    insert.setInt(first + 7, config.maxConcurrency());
  }

  private static void bindInt(PreparedStatement statement, int index, OptionalInt value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setInt(index, value.getAsInt());
    } else {
      statement.setNull(index, Types.INTEGER);
    }
  }

  /** Seven columns from {@code first} on. */
  static void bindRun(PreparedStatement statement, int first, Batch.Run run) throws SQLException {
    statement.setInt(first, BatchCodes.of(run.state()));
    statement.setInt(first + 1, run.runs());
    Columns.set(statement, first + 2, run.startedAt().map(Instant::toEpochMilli).orElse(null));
    Columns.set(statement, first + 3, run.finishedAt().map(Instant::toEpochMilli).orElse(null));
    statement.setInt(first + 4, BatchCodes.of(run.work().kinds()));
    statement.setLong(first + 5, run.work().after());
    statement.setLong(first + 6, run.changedAt().toEpochMilli());
  }

  static Batch read(ResultSet row) throws SQLException {
    return new Batch(
        row.getLong(1),
        new TenantId(row.getString(2)),
        new BatchId(row.getString(3)),
        new Batch.About(
            row.getString(4),
            row.getString(5),
            config(row, 6),
            Instant.ofEpochMilli(row.getLong(14))),
        new Batch.Run(
            BatchCodes.state(row.getInt(15)),
            row.getInt(16),
            Columns.instant(row, 17),
            Columns.instant(row, 18),
            new BatchWork(BatchCodes.work(row.getInt(19)), row.getLong(20)),
            Instant.ofEpochMilli(row.getLong(21))));
  }

  static BatchConfig config(ResultSet row, int first) throws SQLException {
    double temperature = row.getDouble(first + 1);
    boolean noTemperature = row.wasNull();
    return new BatchConfig(
        Columns.text(row, first).map(ModelName::new),
        noTemperature ? OptionalDouble.empty() : OptionalDouble.of(temperature),
        readInt(row, first + 2),
        readInt(row, first + 3),
        Priority.ofSteps(row.getInt(first + 4)),
        Columns.instant(row, first + 5),
        new QueueName(row.getString(first + 6)),
        row.getInt(first + 7));
  }

  private static OptionalInt readInt(ResultSet row, int index) throws SQLException {
    int value = row.getInt(index);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
