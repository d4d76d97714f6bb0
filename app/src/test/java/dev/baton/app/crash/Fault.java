package dev.baton.app.crash;

import dev.baton.app.crash.Violation.Rule;
import dev.baton.core.port.Store;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;

/** What a store could do wrong, each with the rule that it breaks. */
public enum Fault {
  /** Says that it is done, and does it after that. */
  ACK_BEFORE_COMMIT(Rule.C1_LOST),
  /** Hands out one task's text with another one. */
  PROMPTS_MIXED_UP(Rule.C2_UNEXPECTED),
  /** Does not find the task that a key stands for. */
  KEY_FORGOTTEN(Rule.C3_DUPLICATE_KEY),
  /** A later answer replaces the first one. */
  RESULT_OVERWRITTEN(Rule.C4_RESULT_CHANGED),
  /** Takes the last holder but one for the newest, now and then. */
  STALE_TOKEN_ACCEPTED(Rule.C5_STALE_HOLDER),
  /** Does not keep every grant. */
  GRANT_NOT_KEPT(Rule.C6_TOKEN_TWICE),
  /** Takes leased tasks for ready ones, now and then. */
  LEASED_AGAIN(Rule.C7_OVERLAP),
  /** Acknowledges a heartbeat, and does not keep it. */
  HEARTBEAT_IGNORED(Rule.C7_OVERLAP),
  /** Serves the last one first. */
  LAST_FIRST(Rule.C8_ORDER),
  /** Counts tokens from the start with each lease. */
  TOKEN_RESET(Rule.C9_TOKEN_ORDER),
  /** Counts attempts from the start with each lease. */
  ATTEMPT_NOT_COUNTED(Rule.C10_ATTEMPTS),
  /** Leases never run out. */
  EXPIRY_FORGOTTEN(Rule.C11_RECOVERY);

  private final Rule breaks;

  Fault(Rule breaks) {
    this.breaks = breaks;
  }

  Rule breaks() {
    return breaks;
  }

  /** The store with this fault. */
  public Store in(Store store) {
    return new FaultyStore(store, this);
  }

  TaskRows plantedIn(Transaction tx) {
    return switch (this) {
      case ACK_BEFORE_COMMIT -> tx.tasks();
      case PROMPTS_MIXED_UP, LEASED_AGAIN, LAST_FIRST, TOKEN_RESET, ATTEMPT_NOT_COUNTED ->
          new WrongLeases(tx.tasks(), this);
      case KEY_FORGOTTEN,
          RESULT_OVERWRITTEN,
          STALE_TOKEN_ACCEPTED,
          GRANT_NOT_KEPT,
          HEARTBEAT_IGNORED,
          EXPIRY_FORGOTTEN ->
          new WrongRows(tx, this);
    };
  }
}
