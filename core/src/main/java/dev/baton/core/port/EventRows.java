package dev.baton.core.port;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.LoggedEvent;
import java.util.List;

/**
 * The log of what happened; part of a {@link Transaction}, so that a change and its event are
 * stored together or not at all. Numbers have no gaps; readers may keep the last one they saw and
 * go on from there.
 */
public interface EventRows {

  /** Adds to the end; numbered when the transaction commits. */
  void append(DomainEvent event);

  /** The events numbered above {@code after}, in order; at most {@code max}. */
  List<LoggedEvent> after(long after, int max);

  /** The number of the newest event; 0 while there is none. */
  long last();

  /** Removes the oldest events, all numbered below {@code before}; returns how many went. */
  int prune(long before, int max);
}
