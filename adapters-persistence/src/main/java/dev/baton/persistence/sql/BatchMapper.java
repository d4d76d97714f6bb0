package dev.baton.persistence.sql;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.Batch;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.core.domain.batch.BatchWalkState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Priority;
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** A {@code batch} row, in and out. */
final class BatchMapper {
  /** The columns of a {@link BatchConfig}, in every table that has one. */
  static final String CONFIG =
      "model, temperature, max_tokens, max_retries, priority, deadline, queue, concurrency";

  static final String RUN = "state, runs, started_at, finished_at, work, work_after, changed_at";

  private BatchMapper() {}

  /** Binds every column but those of its key. */
  static <S extends SqlStatement<S>> S bind(S statement, Batch batch) {
    Batch.Run run = batch.run();
    return bind(statement, batch.about().config())
        .bindMethods(batch)
        .bindMethods(batch.about())
        .bindMethods(run)
        .bind("state", Codes.of(run.state()))
        .bind("work", Codes.of(run.walk().kinds()))
        .bind("workAfter", run.walk().after());
  }

  static <S extends SqlStatement<S>> S bind(S statement, BatchConfig config) {
    return statement
        .bindMethods(config)
        .bind("priority", config.priority().steps())
        .bind("concurrency", config.maxConcurrency());
  }

  static Batch read(ResultSet row, StatementContext context) throws SQLException {
    return new Batch(
        row.getLong("seq"),
        new TenantId(row.getString("tenant")),
        new BatchId(row.getString("id")),
        new Batch.About(
            row.getString("name"),
            row.getString("description"),
            config(row),
            Columns.instant(row, "created_at")),
        new Batch.Run(
            Codes.batchState(row.getInt("state")),
            row.getInt("runs"),
            Columns.optionalInstant(row, "started_at"),
            Columns.optionalInstant(row, "finished_at"),
            new BatchWalkState(Codes.work(row.getInt("work")), row.getLong("work_after")),
            Columns.instant(row, "changed_at")));
  }

  static BatchConfig config(ResultSet row) throws SQLException {
    double temperature = row.getDouble("temperature");
    boolean noTemperature = row.wasNull();
    return new BatchConfig(
        Columns.text(row, "model").map(ModelName::new),
        noTemperature ? OptionalDouble.empty() : OptionalDouble.of(temperature),
        Columns.integer(row, "max_tokens"),
        Columns.integer(row, "max_retries"),
        Priority.ofSteps(row.getInt("priority")),
        Columns.optionalInstant(row, "deadline"),
        new QueueName(row.getString("queue")),
        row.getInt("concurrency"));
  }
}
