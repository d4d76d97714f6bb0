package dev.baton.cli.shared;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How commands end. Scripts depend on these numbers: they are added to, never changed. From 64 on
 * they are those of BSD's {@code sysexits.h}, as far as it has one that fits.
 */
public final class ExitCodes {
  public static final int OK = 0;

  /** A bug of Baton's. */
  public static final int BUG = 1;

  public static final int USAGE = 2;
  public static final int NOTHING_READY = 3;
  public static final int NOT_FOUND = 4;
  public static final int CONFLICT = 5;
  public static final int NO_INPUT = 66;
  public static final int UNAVAILABLE = 69;
  public static final int DISK_FULL = 71;
  public static final int REPLACED = 72;
  public static final int CANNOT_WRITE = 73;
  public static final int IO_ERROR = 74;
  public static final int IN_USE = 75;
  public static final int ADDRESS_TAKEN = 76;
  public static final int NO_PERMISSION = 77;
  public static final int REFUSED = 78;
  public static final int PARTIAL = 80;
  public static final int DRY_RUN_OK = 81;

  // Lines for the help of commands, which say the same thing in the same words everywhere.
  public static final String HEADING = "%nExit codes:%n";
  public static final String USAGE_LINE = "2:wrong usage, or a value that is refused";
  public static final String NOTHING_READY_LINE = "3:nothing is ready";
  public static final String NOT_FOUND_LINE = "4:there is no such task";
  public static final String CONFLICT_LINE = "5:lease lost, task cancelled or in another state";
  public static final String NO_INPUT_LINE = "66:a file to read is missing or can't be read";
  public static final String UNAVAILABLE_LINE = "69:the server can't be reached, or is too busy";
  public static final String DISK_FULL_LINE = "71:the disk of the database is full";
  public static final String REPLACED_LINE =
      "72:the database was deleted, replaced or overwritten while open";
  public static final String CANNOT_WRITE_LINE = "73:a file or standard output can't be written";
  public static final String IO_ERROR_LINE = "74:the disk of the database reports an error";
  public static final String IN_USE_LINE = "75:another process has the database open";
  public static final String ADDRESS_TAKEN_LINE = "76:another process listens on the port";
  public static final String NO_PERMISSION_LINE =
      "77:the database may not be read or written by this user";
  public static final String REFUSED_LINE =
      "78:the database is damaged, of a newer Baton or of another program";
  public static final String PARTIAL_LINE = "80:done in part";
  public static final String DRY_RUN_OK_LINE = "81:a dry run found nothing wrong";

  private ExitCodes() {}

  /** Lines as picocli takes them when it is not told by an annotation. */
  static Map<String, String> map(String... lines) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      codes.put(line.substring(0, colon), line.substring(colon + 1));
    }
    return codes;
  }
}
