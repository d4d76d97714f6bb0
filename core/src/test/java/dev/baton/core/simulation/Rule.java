package dev.baton.core.simulation;

/** What must hold in every run, whatever fails. */
enum Rule {
  /** An acknowledged submit was lost, or never came to an end although workers kept polling. */
  LOST,
  /** One request became two tasks. */
  DUPLICATE,
  /** Two answers were seen for one task, or one that nobody gave. */
  TWO_ANSWERS,
  /** A holder who was overtaken, or who had given up, still settled. */
  STALE_SETTLE,
  /** The same token was granted twice, or a later grant had no higher token. */
  TOKEN,
  /** Two leases of one task were valid at the same time. */
  OVERLAP,
  /** A task was handed out before one that came first. */
  ORDER,
  /** More attempts were granted than allowed. */
  ATTEMPTS,
  /** A paused queue handed out, or a cancelled task went on. */
  FORBIDDEN,
  /** The count behind a gate is not what is there, or room was left empty. */
  GATE,
  /** What is stored contradicts itself, or time that ran out was not noticed. */
  STORED,
  /** The log is out of order, or tells an impossible story. */
  LOG
}
