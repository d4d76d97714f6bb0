package dev.baton.core.domain.event;

import static java.util.Objects.requireNonNull;

/**
 * An event with its place in the log.
 *
 * @param number grows by one with each event of the store, from 1
 */
public record LoggedEvent(long number, DomainEvent event) {

  public LoggedEvent {
    requireNonNull(event, "event");
  }
}
