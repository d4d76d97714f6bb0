package dev.baton.persistence.sql;

import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.port.PauseRows;
import dev.baton.persistence.jdbc.Session;
import dev.baton.persistence.jdbc.Sql;
import dev.baton.persistence.jdbc.Statements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paused models. The only writer of a database remembers them from one transaction to the next:
 * they are asked for with every lease, and change seldom.
 */
final class SqlPauseRows implements PauseRows {
  private static final String PUT = Sql.put("model_pause", "model", "until, reason");

  private static final String ALL = "SELECT model, until, reason FROM model_pause ORDER BY model";

  private final Session session;
  private final Sql sql;
  private final boolean remembers;
  private @Nullable List<ModelPause> known;
  private boolean changedHere;

  /**
   * @param remembers whether {@link #begin} is told of all that others write
   */
  SqlPauseRows(Session session, Sql sql, boolean remembers) {
    this.session = session;
    this.sql = sql;
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
        Statements.query(
            session,
            ALL,
            none -> {},
            row -> new ModelPause(new ModelName(row.text()), row.instant(), row.text()));
    known = List.copyOf(read);
    return read;
  }

  @Override
  public void put(ModelPause pause) {
    changedHere = true;
    sql.update(PUT).bindMethods(pause).execute();
  }

  @Override
  public void remove(ModelName model) {
    changedHere = true;
    sql.update("DELETE FROM model_pause WHERE model = :model").bind("model", model).execute();
  }
}
