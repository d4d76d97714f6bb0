package dev.baton.core.domain.id;

import static java.util.Objects.requireNonNull;

/**
 * In which order a list of named things comes. Those that are alike come in the order of making,
 * or, when it descends, against it.
 */
public record ListOrder(By by, boolean ascending) {
  public static final ListOrder NEWEST_FIRST = new ListOrder(By.CREATED, false);

  public ListOrder {
    requireNonNull(by, "by");
  }

  /** What to sort by. */
  public enum By {
    /** The order of making. */
    CREATED,
    /** The bytes of the names, A to Z in either case. */
    NAME
  }
}
