package dev.baton.core.domain.id;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Names content: a submit under a key that is in use returns the task that has it, whatever its
 * state, for the retention window. A task that died or was cancelled gives its key up.
 *
 * @param value 1 to 255 characters, none a control character
 * @param onlyWhileUnfinished whether success gives the key up, too
 */
public record DedupeKey(String value, boolean onlyWhileUnfinished) {
  public static final int MAX_LENGTH = 255;

  public DedupeKey {
    checkArgument(isValid(value), "a dedupe key is 1 to 255 characters, none a control character");
  }

  public static DedupeKey of(String value) {
    return new DedupeKey(value, false);
  }

  public static boolean isValid(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_LENGTH
        && value.chars().noneMatch(Character::isISOControl);
  }
}
