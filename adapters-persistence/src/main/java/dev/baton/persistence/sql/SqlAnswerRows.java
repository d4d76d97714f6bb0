package dev.baton.persistence.sql;

import dev.baton.core.domain.id.FencingToken;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.prompt.ModelAnswer;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.task.Attempt;
import dev.baton.core.domain.task.Chunk;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.domain.task.Failure;
import dev.baton.core.domain.task.Lease;
import dev.baton.core.domain.task.Progress;
import dev.baton.core.domain.task.Result;
import dev.baton.core.domain.task.Usage;
import dev.baton.core.port.AnswerRows;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.SqlFailure;
import dev.baton.persistence.jdbc.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers, attempts and pieces, in prepared statements. */
final class SqlAnswerRows implements AnswerRows {
  private static final String INSERT =
      "INSERT INTO task_result (seq, at, content, prompt_tokens, completion_tokens, total_tokens,"
          + " trace_id, model, finish_reason, tool_calls, failure_code, failure_message, retryable)"
          + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";
  private static final String INSERT_PLAIN =
      "INSERT INTO task_result (seq, at, content) VALUES (?,?,?)";
  private static final String RESULT =
      "SELECT content, prompt_tokens, completion_tokens, total_tokens, trace_id, model,"
          + " finish_reason, tool_calls, at, failure_code, failure_message, retryable"
          + " FROM task_result WHERE seq = ?";
  private static final String REMOVE = "DELETE FROM task_result WHERE seq = ?";
  private static final String ADD_ALTERNATIVE =
      "INSERT INTO task_alternative (seq, n, at, content, prompt_tokens, completion_tokens,"
          + " total_tokens, trace_id, model, finish_reason, tool_calls) VALUES (?1,"
          + " 1 + coalesce((SELECT max(n) FROM task_alternative WHERE seq = ?1), 0),"
          + " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
  private static final String TRIM_ALTERNATIVES =
      "DELETE FROM task_alternative WHERE seq = ?1 AND n <="
          + " (SELECT max(n) FROM task_alternative WHERE seq = ?1) - ?2";
  private static final String ALTERNATIVES =
      "SELECT content, prompt_tokens, completion_tokens, total_tokens, trace_id, model,"
          + " finish_reason, tool_calls FROM task_alternative WHERE seq = ?1 AND n >="
          + " (SELECT min(n) FROM (SELECT n, sum(length(content)) OVER (ORDER BY n DESC)"
          + " - length(content) AS newer FROM task_alternative WHERE seq = ?1) AS sized"
          + " WHERE newer < "
          + ALTERNATIVES_TEXT_MAX
          + ") ORDER BY n";
  private static final String ADD_ATTEMPT =
      "INSERT INTO task_attempt (seq, token, attempt, holder, leased_at, lease_until, ended_at,"
          + " outcome, failure_code, failure_message, retryable) VALUES (?,?,?,?,?,?,?,?,?,?,?)";
  private static final String TRIM_ATTEMPTS =
      "DELETE FROM task_attempt WHERE seq = ?1 AND (token, ended_at) IN"
          + " (SELECT token, ended_at FROM task_attempt WHERE seq = ?1"
          + " ORDER BY token DESC, ended_at DESC LIMIT -1 OFFSET ?2)";
  private static final String ATTEMPTS =
      "SELECT a.attempt, t.id, a.holder, a.token, a.leased_at, a.lease_until, a.ended_at,"
          + " a.outcome, a.failure_code, a.failure_message, a.retryable"
          + " FROM task_attempt a JOIN task t ON t.seq = a.seq"
          + " WHERE a.seq = ? ORDER BY a.token, a.ended_at";
  private static final String PUT_PROGRESS =
      "INSERT INTO task_progress (seq, percent, note) VALUES (?,?,?)"
          + " ON CONFLICT (seq) DO UPDATE SET percent = excluded.percent, note = excluded.note";
  private static final String PROGRESS = "SELECT percent, note FROM task_progress WHERE seq = ?";
  private static final String ADD_CHUNK =
      "INSERT INTO task_chunk (seq, token, n, text) VALUES (?,?,?,?)";
  private static final String LAST_CHUNK =
      "SELECT coalesce(max(n), 0) FROM task_chunk WHERE seq = ? AND token = ?";
  private static final String NEWEST_LEASE =
      "SELECT coalesce(max(token), 0) FROM task_chunk WHERE seq = ?";
  private static final String CHUNKS =
      "SELECT n, text FROM task_chunk WHERE seq = ? AND token = ? AND n > ? ORDER BY n LIMIT ?";

  private final Session session;
  private final Runnable onWrite;

  SqlAnswerRows(Session session, Runnable onWrite) {
    this.session = session;
    this.onWrite = onWrite;
  }

  @Override
  public void insert(List<Result> results) {
    onWrite.run();
    try {
      for (Result result : results) {
        if (isPlain(result)) {
          insertPlain(result);
          continue;
        }
        PreparedStatement insert = session.prepared(INSERT);
        insert.setLong(1, result.seq());
        insert.setLong(2, result.at().toEpochMilli());
        Completion completion = result.completion().orElse(null);
        if (completion == null) {
          bindNulls(insert, 3, 8);
        } else {
          bind(insert, 3, completion);
        }
        bind(insert, 11, result.failure());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  private static boolean isPlain(Result result) {
    Completion completion = result.completion().orElse(null);
    return completion != null
        && completion.usage().isEmpty()
        && completion.traceId().isEmpty()
        && completion.modelAnswer().isEmpty();
  }

  private void insertPlain(Result result) throws SQLException {
    PreparedStatement insert = session.prepared(INSERT_PLAIN);
    insert.setLong(1, result.seq());
    insert.setLong(2, result.at().toEpochMilli());
    insert.setString(3, result.completion().orElseThrow().content());
    insert.executeUpdate();
  }

  /** Binds content, three counts, the trace id, and what the provider said: eight columns. */
  private static void bind(PreparedStatement statement, int from, Completion completion)
      throws SQLException {
    statement.setString(from, completion.content());
    Usage usage = completion.usage().orElse(null);
    if (usage == null) {
      bindNulls(statement, from + 1, 3);
    } else {
      statement.setLong(from + 1, usage.promptTokens());
      statement.setLong(from + 2, usage.completionTokens());
      statement.setLong(from + 3, usage.totalTokens());
    }
    Columns.set(statement, from + 4, completion.traceId().orElse(null));
    Optional<ModelAnswer> said = completion.modelAnswer();
    Columns.set(statement, from + 5, said.map(answer -> answer.model().value()).orElse(null));
    Columns.set(statement, from + 6, said.map(ModelAnswer::finishReason).orElse(null));
    Columns.set(statement, from + 7, said.flatMap(ModelAnswer::toolCalls).orElse(null));
  }

  /** Binds code, message and whether a retry could help. */
  private static void bind(PreparedStatement statement, int from, Optional<Failure> failure)
      throws SQLException {
    Columns.set(statement, from, failure.map(Failure::code).orElse(null));
    Columns.set(statement, from + 1, failure.map(Failure::message).orElse(null));
    Columns.set(statement, from + 2, failure.map(f -> f.retryable() ? 1L : 0L).orElse(null));
  }

  private static void bindNulls(PreparedStatement statement, int from, int count)
      throws SQLException {
    for (int i = from; i < from + count; i++) {
      statement.setNull(i, java.sql.Types.NULL);
    }
  }

  @Override
  public Optional<Result> result(long seq) {
    return query(
            RESULT,
            statement -> statement.setLong(1, seq),
            row -> {
              Instant at = Instant.ofEpochMilli(row.getLong(9));
              Optional<Failure> failure = failure(row, 10);
              return failure.isPresent()
                  ? Result.of(seq, failure.get(), at)
                  : Result.of(seq, completion(row), at);
            })
        .stream()
        .findFirst();
  }

  private static Completion completion(ResultSet row) throws SQLException {
    long promptTokens = row.getLong(2);
    Optional<Usage> usage =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Usage(promptTokens, row.getLong(3), row.getLong(4)));
    return new Completion(row.getString(1), usage, Columns.text(row, 5), modelAnswer(row));
  }

  private static Optional<ModelAnswer> modelAnswer(ResultSet row) throws SQLException {
    String model = row.getString(6);
    return model == null
        ? Optional.empty()
        : Optional.of(
            new ModelAnswer(new ModelName(model), row.getString(7), Columns.text(row, 8)));
  }

  private static Optional<Failure> failure(ResultSet row, int from) throws SQLException {
    String code = row.getString(from);
    return code == null
        ? Optional.empty()
        : Optional.of(new Failure(code, row.getString(from + 1), row.getInt(from + 2) == 1));
  }

  @Override
  public void removeResult(long seq) {
    update(REMOVE, statement -> statement.setLong(1, seq));
  }

  @Override
  public void addAlternative(long seq, Completion completion, Instant at, int max) {
    update(
        ADD_ALTERNATIVE,
        statement -> {
          statement.setLong(1, seq);
          statement.setLong(2, at.toEpochMilli());
          bind(statement, 3, completion);
        });
    update(
        TRIM_ALTERNATIVES,
        statement -> {
          statement.setLong(1, seq);
          statement.setInt(2, max);
        });
  }

  @Override
  public List<Completion> alternatives(long seq) {
    return query(ALTERNATIVES, statement -> statement.setLong(1, seq), SqlAnswerRows::completion);
  }

  @Override
  public void addAttempt(long seq, Attempt attempt) {
    Lease lease = attempt.lease();
    update(
        ADD_ATTEMPT,
        statement -> {
          statement.setLong(1, seq);
          statement.setLong(2, lease.token().value());
          statement.setInt(3, attempt.number());
          statement.setString(4, lease.holder().value());
          statement.setLong(5, lease.grantedAt().toEpochMilli());
          statement.setLong(6, lease.expiresAt().toEpochMilli());
          statement.setLong(7, attempt.endedAt().toEpochMilli());
          statement.setInt(8, Codes.of(attempt.outcome()));
          bind(statement, 9, attempt.failure());
        });
    update(
        TRIM_ATTEMPTS,
        statement -> {
          statement.setLong(1, seq);
          statement.setInt(2, ATTEMPTS_MAX);
        });
  }

  @Override
  public List<Attempt> attempts(long seq) {
    return query(
        ATTEMPTS,
        statement -> statement.setLong(1, seq),
        row ->
            new Attempt(
                row.getInt(1),
                new Lease(
                    new TaskId(row.getString(2)),
                    new WorkerId(row.getString(3)),
                    new FencingToken(row.getLong(4)),
                    Instant.ofEpochMilli(row.getLong(5)),
                    Instant.ofEpochMilli(row.getLong(6))),
                Instant.ofEpochMilli(row.getLong(7)),
                Codes.outcome(row.getInt(8)),
                failure(row, 9)));
  }

  @Override
  public void putProgress(long seq, Progress progress) {
    update(
        PUT_PROGRESS,
        statement -> {
          statement.setLong(1, seq);
          statement.setInt(2, progress.percent());
          statement.setString(3, progress.note());
        });
  }

  @Override
  public Optional<Progress> progress(long seq) {
    return query(
            PROGRESS,
            statement -> statement.setLong(1, seq),
            row -> new Progress(row.getInt(1), row.getString(2)))
        .stream()
        .findFirst();
  }

  @Override
  public void addChunks(long seq, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      update(
          ADD_CHUNK,
          statement -> {
            statement.setLong(1, seq);
            statement.setLong(2, chunk.token());
            statement.setInt(3, chunk.number());
            statement.setString(4, chunk.text());
          });
    }
  }

  @Override
  public int lastChunk(long seq, long token) {
    return query(
            LAST_CHUNK,
            statement -> {
              statement.setLong(1, seq);
              statement.setLong(2, token);
            },
            row -> row.getInt(1))
        .get(0);
  }

  @Override
  public List<Chunk> chunks(long seq, long token, int afterNumber, int max) {
    long newest =
        query(NEWEST_LEASE, statement -> statement.setLong(1, seq), row -> row.getLong(1)).get(0);
    if (newest < token || newest == 0) {
      return List.of();
    }
    return query(
        CHUNKS,
        statement -> {
          statement.setLong(1, seq);
          statement.setLong(2, newest);
          statement.setInt(3, newest > token ? 0 : afterNumber);
          statement.setInt(4, max);
        },
        row -> new Chunk(newest, row.getInt(1), row.getString(2)));
  }

  private void update(String sql, Statements.Binder binder) {
    onWrite.run();
    Statements.update(session, sql, binder);
  }

  private <T> List<T> query(String sql, Statements.Binder binder, Statements.Mapper<T> mapper) {
    return Statements.query(session, sql, binder, mapper);
  }
}
