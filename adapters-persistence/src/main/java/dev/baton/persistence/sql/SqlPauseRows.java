package dev.baton.persistence.sql;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.PauseRows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paused models. The file's writer remembers them from one transaction to the next: they are asked
 * for with every lease, and change seldom.
 */
final class SqlPauseRows implements PauseRows {
  private static final String ALL = "SELECT model, until, reason FROM model_pause ORDER BY model";
  private static final String PUT =
      "INSERT INTO model_pause (model, until, reason) VALUES (?,?,?)"
          + " ON CONFLICT (model) DO UPDATE SET until = excluded.until, reason = excluded.reason";
  private static final String REMOVE = "DELETE FROM model_pause WHERE model = ?";

  private final Session session;
  private final Runnable onWrite;
  private final boolean remembers;
  private @Nullable List<ModelPause> known;
  private boolean changedHere;

  /**
   * @param remembers whether {@link #begin} is told of all that others write
   */
  SqlPauseRows(Session session, Runnable onWrite, boolean remembers) {
    this.session = session;
    this.onWrite = onWrite;
    this.remembers = remembers;
  }

  /** At the start of a transaction: what the last one wrote may have been taken back. */
  void begin(boolean changedByOthers) {
    if (changedByOthers || changedHere || !remembers) {
      known = null;
    }
    changedHere = false;
  }

  @Override
  public List<ModelPause> all() {
    List<ModelPause> remembered = known;
    if (remembered != null && !changedHere) {
      return remembered;
    }
    List<ModelPause> read =
        List.copyOf(
            Statements.query(
                session,
                ALL,
                statement -> {},
                row ->
                    new ModelPause(
                        new ModelName(row.getString(1)),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3))));
    known = read;
    return read;
  }

  @Override
  public void put(ModelPause pause) {
    onWrite.run();
    changedHere = true;
    Statements.update(
        session,
        PUT,
        statement -> {
          statement.setString(1, pause.model().value());
          statement.setLong(2, pause.until().toEpochMilli());
          statement.setString(3, pause.reason());
        });
  }

  @Override
  public void remove(ModelName model) {
    onWrite.run();
    changedHere = true;
    Statements.update(session, REMOVE, statement -> statement.setString(1, model.value()));
  }
}
