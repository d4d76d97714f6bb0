package dev.baton.core.usecase.task;

/**
 * Room for the texts of what is leased, where somebody hands them on who can hold only so much at
 * once. Asked on the store's writing thread, so it must not wait.
 */
@FunctionalInterface
public interface LeaseRoom {
  /** For who works on the tasks here. */
  LeaseRoom ANY = length -> true;

  /**
   * Whether there is room for so much more; then it is taken, and whoever gave the room takes care
   * that it becomes free again.
   *
   * @param length in UTF-16 units, at least 0
   */
  boolean take(long length);
}
