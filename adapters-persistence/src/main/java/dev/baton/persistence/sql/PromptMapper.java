package dev.baton.persistence.sql;

import dev.baton.core.domain.prompt.Messages;
import dev.baton.core.domain.prompt.Metadata;
import dev.baton.core.domain.prompt.Options;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.persistence.jdbc.Row;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Statements;
import dev.baton.persistence.jdbc.Values;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A {@code task_text} row, in and out. Most prompts are text only, and cost no more than that. */
final class PromptMapper {
  static final String COLUMNS =
      "prompt, meta, asked, messages, temperature, max_tokens, options, stream";

  private static final String INSERT_PLAIN = Statements.insert("task_text", "seq, prompt, meta");
  private static final String INSERT = Statements.insert("task_text", COLUMNS + ", seq");
  private static final String UPDATE = Statements.update("task_text", COLUMNS, "seq");
  private static final String FIND = "SELECT " + COLUMNS + " FROM task_text WHERE seq = ?";

  /**
   * {@link Prompt#isWithin}; {@link #bindWithin} binds it. Bytes first: their number stands in the
   * row's head, and of a long text no further page is read.
   */
  static final String WITHIN =
      " AND octet_length(prompt) <= ? AND length(prompt) <= ?"
          + " AND (messages IS NULL OR octet_length(messages) <= ? AND 2 * length(messages) <= ?)";

  /** A character's bytes in UTF-8 at most. */
  private static final long BYTES_MAX = 4;

  private PromptMapper() {}

  static void bindWithin(Values to, int characters) throws SQLException {
    long bytes = BYTES_MAX * characters;
    to.number(bytes).number(characters).number(bytes).number(characters);
  }

  static void insert(Session session, long seq, Prompt prompt) {
    if (prompt.parameters().equals(Parameters.NONE)) {
      Statements.update(
          session, INSERT_PLAIN, to -> to.number(seq).text(prompt.text()).text(meta(prompt)));
    } else {
      write(session, INSERT, seq, prompt);
    }
  }

  static void update(Session session, long seq, Prompt prompt) {
    write(session, UPDATE, seq, prompt);
  }

  private static void write(Session session, String sql, long seq, Prompt prompt) {
    Parameters asked = prompt.parameters();
    Statements.update(
        session,
        sql,
        to ->
            to.text(prompt.text())
                .text(meta(prompt))
                .flag(!asked.equals(Parameters.NONE))
                .text(asked.messages().map(Messages::json))
                .real(asked.temperature())
                .number(asked.maxTokens())
                .text(asked.options().isEmpty() ? null : asked.options().json())
                .flag(asked.stream())
                .number(seq));
  }

  /** The prompt of a task that must exist. */
  static Prompt find(Session session, long seq) {
    return Statements.first(session, FIND, to -> to.number(seq), PromptMapper::read)
        .orElseThrow(() -> new IllegalStateException("task " + seq + " has no text"));
  }

  /** Reads {@link #COLUMNS}. */
  static Prompt read(Row row) throws SQLException {
    String text = row.text();
    String meta = row.textOrNull();
    Metadata metadata = meta == null ? Metadata.EMPTY : new Metadata(meta);
    return row.flag() ? new Prompt(text, metadata, parameters(row)) : new Prompt(text, metadata);
  }

  private static Parameters parameters(Row row) throws SQLException {
    return new Parameters(
        row.optionalText().map(Messages::new),
        row.optionalReal(),
        row.optionalInteger(),
        row.optionalText().map(Options::new).orElse(Options.NONE),
        row.flag());
  }

  private static @Nullable String meta(Prompt prompt) {
    return prompt.metadata().isEmpty() ? null : prompt.metadata().json();
  }
}
