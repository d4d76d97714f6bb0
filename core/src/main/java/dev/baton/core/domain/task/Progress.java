package dev.baton.core.domain.task;

import static com.google.common.base.Preconditions.checkArgument;

/** How far the running attempt says it is: 0 to 100 percent, and a word about it (up to 1 KiB). */
public record Progress(int percent, String note) {
  public static final int MAX_NOTE_LENGTH = 1024;

  public Progress {
    checkArgument(percent >= 0 && percent <= 100, "percent is from 0 to 100, was %s", percent);
    checkArgument(note.length() <= MAX_NOTE_LENGTH, "a note is at most %s long", MAX_NOTE_LENGTH);
  }
}
