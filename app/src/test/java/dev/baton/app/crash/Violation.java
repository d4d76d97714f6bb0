package dev.baton.app.crash;

/** A promise that the history shows broken, and how. */
record Violation(Rule rule, String taskId, String what) {

  /** The rules of the checker. */
  enum Rule {
    /** Acknowledged, and has no end after all work was done. */
    C1_LOST,
    /** Something that nobody submitted, or that was refused. */
    C2_UNEXPECTED,
    /** Two tasks of one key. */
    C3_DUPLICATE_KEY,
    /** More than one end, or life after the end. */
    C4_RESULT_CHANGED,
    /** A holder was heard after its successor had been told that the task is its. */
    C5_STALE_HOLDER,
    /** Two grants of one token. */
    C6_TOKEN_TWICE,
    /** A grant while another one was still good. */
    C7_OVERLAP,
    /** Somebody was served out of turn. */
    C8_ORDER,
    /** A later grant without a higher token. */
    C9_TOKEN_ORDER,
    /** More grants than allowed, or a grant that was not counted. */
    C10_ATTEMPTS,
    /** What its holder abandoned was not handed on in time. */
    C11_RECOVERY,
    /** The server answered with a bug. */
    SERVER_ERROR
  }
}
