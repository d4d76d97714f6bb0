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
import dev.baton.persistence.jdbc.Codes;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.jdbc.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Answers, attempts and pieces. */
final class SqlAnswerRows implements AnswerRows {
  private static final String COMPLETION =
      "content, prompt_tokens, completion_tokens, total_tokens, trace_id, model, finish_reason,"
          + " tool_calls, refusal, reasoning, logprobs, extras";
  private static final int COMPLETION_COUNT = 12;
  private static final int MODEL_ANSWER_COUNT = 7;
  private static final String FAILURE = "failure_code, failure_message, retryable";
  private static final int FAILURE_COUNT = 3;

  private static final String INSERT =
      Statements.insert("task_result", "seq, at, " + COMPLETION + ", " + FAILURE);
  private static final String INSERT_PLAIN = Statements.insert("task_result", "seq, at, content");
  private static final String RESULT =
      "SELECT at, " + COMPLETION + ", " + FAILURE + " FROM task_result WHERE seq = ?";
  private static final String ADD_ALTERNATIVE =
      Statements.insert("task_alternative", "seq, n, at, " + COMPLETION);
  private static final String ALTERNATIVES =
      "SELECT "
          + COMPLETION
          + """
             FROM task_alternative WHERE seq = :seq AND n >= (
              SELECT min(n) FROM (
                SELECT n, sum(length(content)) OVER (ORDER BY n DESC) - length(content) AS newer
                  FROM task_alternative WHERE seq = :seq) AS sized
               WHERE newer < :max)
             ORDER BY n
            """;
  private static final String ADD_ATTEMPT =
      Statements.insert(
          "task_attempt",
          "seq, token, attempt, holder, leased_at, lease_until, ended_at, outcome, " + FAILURE);
  private static final String PUT_PROGRESS =
      Statements.put("task_progress", "seq", "percent, note");
  private static final String ADD_CHUNK = Statements.insert("task_chunk", "seq, token, n, text");
  private static final String LAST_CHUNK =
      "SELECT coalesce(max(n), 0) FROM task_chunk WHERE seq = ? AND token = ?";
  private static final String NEWEST_LEASE =
      "SELECT coalesce(max(token), 0) FROM task_chunk WHERE seq = ?";
  private static final String CHUNKS =
      "SELECT n, text FROM task_chunk WHERE seq = ? AND token = ? AND n > ? ORDER BY n LIMIT ?";

  private final Session session;
  private final Sql sql;

  SqlAnswerRows(Session session, Sql sql) {
    this.session = session;
    this.sql = sql;
  }

  @Override
  public void insert(List<Result> results) {
    results.forEach(this::insert);
  }

  private void insert(Result result) {
    Completion completion = result.completion().orElse(null);
    if (completion != null && isPlain(completion)) {
      update(
          INSERT_PLAIN,
          to -> to.number(result.seq()).instant(result.at()).text(completion.content()));
    } else {
      update(
          INSERT,
          to -> {
            to.number(result.seq()).instant(result.at());
            bind(to, completion);
            bind(to, result.failure());
          });
    }
  }

  private static boolean isPlain(Completion completion) {
    return completion.usage().isEmpty()
        && completion.traceId().isEmpty()
        && completion.modelAnswer().isEmpty();
  }

  /** Binds {@link #COMPLETION}. */
  private static void bind(Values to, @Nullable Completion completion) throws SQLException {
    if (completion == null) {
      to.none(COMPLETION_COUNT);
      return;
    }
    to.text(completion.content());
    Usage usage = completion.usage().orElse(null);
    if (usage == null) {
      to.none(3);
    } else {
      to.number(usage.promptTokens()).number(usage.completionTokens()).number(usage.totalTokens());
    }
    to.text(completion.traceId());
    ModelAnswer said = completion.modelAnswer().orElse(null);
    if (said == null) {
      to.none(MODEL_ANSWER_COUNT);
    } else {
      to.text(said.model().value()).text(said.finishReason()).text(said.toolCalls());
      to.text(said.refusal()).text(said.reasoning()).text(said.logprobs());
      to.text(said.extras());
    }
  }

  /** Binds {@link #FAILURE}. */
  private static void bind(Values to, Optional<Failure> failure) throws SQLException {
    if (failure.isEmpty()) {
      to.none(FAILURE_COUNT);
    } else {
      to.text(failure.get().code()).text(failure.get().message()).flag(failure.get().retryable());
    }
  }

  @Override
  public Optional<Result> result(long seq) {
    return Statements.first(
        session,
        RESULT,
        to -> to.number(seq),
        row -> {
          Instant at = row.instant();
          Completion completion = completion(row);
          return failure(row)
              .map(failure -> Result.of(seq, failure, at))
              .orElseGet(() -> Result.of(seq, required(completion), at));
        });
  }

  private static Completion required(@Nullable Completion completion) {
    return Optional.ofNullable(completion).orElseThrow();
  }

  /** Reads {@link #COMPLETION}; nothing where the task failed. */
  private static @Nullable Completion completion(Row row) throws SQLException {
    String content = row.textOrNull();
    if (content == null) {
      row.skip(COMPLETION_COUNT - 1);
      return null;
    }
    Optional<Long> promptTokens = row.optionalNumber();
    long completionTokens = row.number();
    long totalTokens = row.number();
    return new Completion(
        content,
        promptTokens.map(tokens -> new Usage(tokens, completionTokens, totalTokens)),
        row.optionalText(),
        modelAnswer(row));
  }

  private static Optional<ModelAnswer> modelAnswer(Row row) throws SQLException {
    Optional<String> model = row.optionalText();
    if (model.isEmpty()) {
      row.skip(MODEL_ANSWER_COUNT - 1);
      return Optional.empty();
    }
    return Optional.of(
        new ModelAnswer(
            new ModelName(model.get()),
            row.text(),
            row.optionalText(),
            row.optionalText(),
            row.optionalText(),
            row.optionalText(),
            row.optionalText()));
  }

  /** Reads {@link #FAILURE}. */
  private static Optional<Failure> failure(Row row) throws SQLException {
    String code = row.textOrNull();
    return code == null ? Optional.empty() : Optional.of(new Failure(code, row.text(), row.flag()));
  }

  @Override
  public void removeResult(long seq) {
    sql.update("DELETE FROM task_result WHERE seq = :seq").bind("seq", seq).execute();
  }

  @Override
  public void addAlternative(long seq, Completion completion, Instant at, int max) {
    long n =
        sql.query("SELECT 1 + coalesce(max(n), 0) FROM task_alternative WHERE seq = :seq")
            .bind("seq", seq)
            .mapTo(Long.class)
            .one();
    update(
        ADD_ALTERNATIVE,
        to -> {
          to.number(seq).number(n).instant(at);
          bind(to, completion);
        });
    sql.update("DELETE FROM task_alternative WHERE seq = :seq AND n <= :oldest")
        .bind("seq", seq)
        .bind("oldest", n - max)
        .execute();
  }

  @Override
  public List<Completion> alternatives(long seq) {
    return sql.query(ALTERNATIVES)
        .bind("seq", seq)
        .bind("max", ALTERNATIVES_TEXT_MAX)
        .map((row, context) -> required(completion(new Row(row))))
        .list();
  }

  @Override
  public void addAttempt(long seq, Attempt attempt) {
    Lease lease = attempt.lease();
    update(
        ADD_ATTEMPT,
        to -> {
          to.number(seq)
              .number(lease.token().value())
              .number(attempt.number())
              .text(lease.holder().value())
              .instant(lease.grantedAt())
              .instant(lease.expiresAt())
              .instant(attempt.endedAt())
              .number(Codes.of(attempt.outcome()));
          bind(to, attempt.failure());
        });
    sql.update(
            """
            DELETE FROM task_attempt WHERE seq = :seq AND (token, ended_at) <=
              (SELECT token, ended_at FROM task_attempt WHERE seq = :seq
                ORDER BY token DESC, ended_at DESC LIMIT 1 OFFSET :max)
            """)
        .bind("seq", seq)
        .bind("max", ATTEMPTS_MAX)
        .execute();
  }

  @Override
  public List<Attempt> attempts(long seq) {
    return sql.query(
            "SELECT t.id, a.* FROM task_attempt a JOIN task t ON t.seq = a.seq"
                + " WHERE a.seq = :seq ORDER BY a.token, a.ended_at")
        .bind("seq", seq)
        .map(SqlAnswerRows::attempt)
        .list();
  }

  private static Attempt attempt(ResultSet row, StatementContext context) throws SQLException {
    Lease lease =
        new Lease(
            new TaskId(row.getString("id")),
            new WorkerId(row.getString("holder")),
            new FencingToken(row.getLong("token")),
            Columns.instant(row, "leased_at"),
            Columns.instant(row, "lease_until"));
    String message = row.getString("failure_message");
    boolean retryable = row.getInt("retryable") == 1;
    return new Attempt(
        row.getInt("attempt"),
        lease,
        Columns.instant(row, "ended_at"),
        Codes.outcome(row.getInt("outcome")),
        Columns.text(row, "failure_code").map(code -> new Failure(code, message, retryable)));
  }

  @Override
  public void putProgress(long seq, Progress progress) {
    update(PUT_PROGRESS, to -> to.number(seq).number(progress.percent()).text(progress.note()));
  }

  @Override
  public Optional<Progress> progress(long seq) {
    return sql.query("SELECT percent, note FROM task_progress WHERE seq = :seq")
        .bind("seq", seq)
        .map((row, context) -> new Progress(row.getInt("percent"), row.getString("note")))
        .findOne();
  }

  @Override
  public void addChunks(long seq, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      update(
          ADD_CHUNK,
          to -> to.number(seq).number(chunk.token()).number(chunk.number()).text(chunk.text()));
    }
  }

  @Override
  public int lastChunk(long seq, long token) {
    return Statements.first(session, LAST_CHUNK, to -> to.number(seq).number(token), Row::integer)
        .orElseThrow();
  }

  @Override
  public List<Chunk> chunks(long seq, long token, int afterNumber, int max) {
    long newest =
        Statements.first(session, NEWEST_LEASE, to -> to.number(seq), Row::number).orElseThrow();
    if (newest < token || newest == 0) {
      return List.of();
    }
    return Statements.query(
        session,
        CHUNKS,
        to -> to.number(seq).number(newest).number(newest > token ? 0 : afterNumber).number(max),
        row -> new Chunk(newest, row.integer(), row.text()));
  }

  private void update(String text, Statements.Binder binder) {
    sql.changes();
    Statements.update(session, text, binder);
  }
}
