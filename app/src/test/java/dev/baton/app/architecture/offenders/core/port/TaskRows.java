package dev.baton.app.architecture.offenders.core.port;

/** Rows as the real ones, as far as a rule names them. */
public interface TaskRows {
  void update(Object row);
}
