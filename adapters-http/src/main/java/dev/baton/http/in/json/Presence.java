package dev.baton.http.in.json;

/** Whether a member has to be there, and what {@code null} means. */
enum Presence {
  /** Always there, never {@code null}. */
  REQUIRED,
  /** May be left out; where {@code null} is sent, it counts as left out. */
  OPTIONAL,
  /** Always there in a reply, if only as {@code null}. */
  NULLABLE,
  /** May be left out, which changes nothing; {@code null} takes the value away. */
  REPLACEABLE
}
