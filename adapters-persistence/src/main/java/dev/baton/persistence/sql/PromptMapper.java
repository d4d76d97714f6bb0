package dev.baton.persistence.sql;

import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.persistence.jdbc.Columns;
import dev.baton.persistence.jdbc.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A {@code task_text} row, in and out. Most prompts are text only, and cost no more than that. */
final class PromptMapper {
  static final String COLUMNS =
      "prompt, meta, asked, messages, temperature, max_tokens, options, stream";

  private static final String INSERT_PLAIN =
      "INSERT INTO task_text (seq, prompt, meta) VALUES (?,?,?)";
  private static final String INSERT =
      "INSERT INTO task_text (prompt, meta, asked, messages, temperature, max_tokens, options,"
          + " stream, seq) VALUES (?,?,?,?,?,?,?,?,?)";
  private static final String UPDATE =
      "UPDATE task_text SET prompt = ?, meta = ?, asked = ?, messages = ?, temperature = ?,"
          + " max_tokens = ?, options = ?, stream = ? WHERE seq = ?";
  private static final String FIND = "SELECT " + COLUMNS + " FROM task_text WHERE seq = ?";

  private PromptMapper() {}

  static void insert(Session session, long seq, Prompt prompt) throws SQLException {
    if (prompt.parameters().equals(Parameters.NONE)) {
      PreparedStatement insert = session.prepared(INSERT_PLAIN);
      insert.setLong(1, seq);
      insert.setString(2, prompt.text());
      Columns.set(insert, 3, meta(prompt));
      insert.executeUpdate();
    } else {
      write(session.prepared(INSERT), seq, prompt);
    }
  }

  static void update(Session session, long seq, Prompt prompt) throws SQLException {
    write(session.prepared(UPDATE), seq, prompt);
  }

  private static void write(PreparedStatement statement, long seq, Prompt prompt)
      throws SQLException {
    Parameters asked = prompt.parameters();
    statement.setString(1, prompt.text());
    Columns.set(statement, 2, meta(prompt));
    statement.setInt(3, asked.equals(Parameters.NONE) ? 0 : 1);
    Columns.set(statement, 4, asked.messages().map(Messages::json).orElse(null));
    if (asked.temperature().isPresent()) {
      statement.setDouble(5, asked.temperature().getAsDouble());
    } else {
      statement.setNull(5, java.sql.Types.REAL);
    }
    Columns.set(
        statement,
        6,
        asked.maxTokens().isPresent() ? Long.valueOf(asked.maxTokens().getAsInt()) : null);
    Columns.set(statement, 7, asked.options().isEmpty() ? null : asked.options().json());
    statement.setInt(8, asked.stream() ? 1 : 0);
    statement.setLong(9, seq);
    statement.executeUpdate();
  }

  /** The prompt of a task that must exist. */
  static Prompt find(Session session, long seq) throws SQLException {
    PreparedStatement statement = session.prepared(FIND);
    statement.setLong(1, seq);
    try (ResultSet found = statement.executeQuery()) {
      if (!found.next()) {
        throw new IllegalStateException("task " + seq + " has no text");
      }
      return read(found, 1);
    }
  }

  /** Reads {@link #COLUMNS}, of which the first is number {@code from}. */
  static Prompt read(ResultSet row, int from) throws SQLException {
    String text = row.getString(from);
    String meta = row.getString(from + 1);
    Metadata metadata = meta == null ? Metadata.EMPTY : new Metadata(meta);
    return row.getInt(from + 2) == 0
        ? new Prompt(text, metadata)
        : new Prompt(text, metadata, parameters(row, from + 3));
  }

  private static Parameters parameters(ResultSet row, int from) throws SQLException {
    Optional<Messages> messages = Columns.text(row, from).map(Messages::new);
    double temperature = row.getDouble(from + 1);
    OptionalDouble warmth = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    int maxTokens = row.getInt(from + 2);
    OptionalInt length = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(maxTokens);
    Options options = Columns.text(row, from + 3).map(Options::new).orElse(Options.NONE);
    return new Parameters(messages, warmth, length, options, row.getInt(from + 4) == 1);
  }

  private static @Nullable String meta(Prompt prompt) {
    return prompt.metadata().isEmpty() ? null : prompt.metadata().json();
  }
}
