package dev.baton.core.domain.input;

import dev.baton.core.domain.id.TaskId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that clients choose. */
public final class NameRules {
  // Ids become file names in more places than one, also on Windows.
  private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
  private static final Set<String> DOTS = Set.of(".", "..");

  private NameRules() {}

  /** Whether a new object may have this id: characters as in {@link TaskId}, and a file name. */
  public static boolean isId(String id) {
    return TaskId.isValid(id)
        && !DOTS.contains(id)
        && !DEVICE.matcher(id.toLowerCase(Locale.ROOT)).matches();
  }
}
