package dev.baton.core.port;

import dev.baton.core.domain.event.DomainEvent;
import dev.baton.core.domain.event.LoggedEvent;
import java.util.List;

/**
 * The log of what happened; part of a {@link Transaction}, so that a change and its event are
 * stored together or not at all. Numbers rise and may have gaps.
 *
 * <p>A reader never passes an open transaction: once {@link #after} gave an event, no event of a
 * lower number appears any more. So a reader keeps the last number it saw and goes on from there,
 * and misses nothing.
 */
public interface EventRows {

  /** Adds to the end; numbered when the transaction commits. */
  void append(DomainEvent event);

  /** The events numbered above {@code after}, in order; at most {@code max}. */
  List<LoggedEvent> after(long after, int max);

  /**
   * The number that a reader has reached who saw everything; 0 while nothing was logged. Events
   * that are removed leave it as it is.
   */
  long last();

  /** Removes the oldest events, all numbered below {@code before}; returns how many went. */
  int prune(long before, int max);
}
