package dev.baton.persistence.sqlite.disk;

import dev.baton.core.domain.error.FileFaults;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.error.StoreRefusedException.Reason;
import dev.baton.persistence.jdbc.SqlFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;

/** Says why a database can't be used: only damage is called damage. */
public final class StoreFaults {
  private static final String ADVICE =
      ". It was left as it is: look at it with 'baton check',"
          + " or bring back a backup with 'baton restore'";

  private static final int PROBE_BYTES = 64 << 10;

  private StoreFaults() {}

  /** Why {@code what} failed, by what the file system said. */
  public static StoreRefusedException refusal(String what, IOException e) {
    Reason reason = reason(e);
    return new StoreRefusedException(reason, "%s: %s".formatted(what, sentence(reason, e)), e);
  }

  private static Reason reason(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space") || message.contains("quota")) {
      return Reason.FULL;
    }
    if (e instanceof AccessDeniedException
        || message.contains("read-only")
        || message.contains("permitted")) {
      return Reason.NO_PERMISSION;
    }
    return e instanceof NoSuchFileException || e.getMessage() == null
        ? Reason.UNREACHABLE
        : Reason.IO_ERROR;
  }

  private static String sentence(Reason reason, IOException e) {
    return switch (reason) {
      case FULL -> FULL;
      case NO_PERMISSION -> "%s (%s)".formatted(FileFaults.why(e), e.getMessage());
      default -> FileFaults.why(e);
    };
  }

  public static final String FULL =
      "the disk is full: make room; 'baton prune' works meanwhile, as long as there is a ballast file";

  /**
   * Why {@code database} could not be opened or read, if the disk or the file is to blame.
   *
   * @param e what a session threw
   */
  public static Optional<StoreRefusedException> refusal(Path database, RuntimeException e) {
    if (e instanceof StoreRefusedException refused) {
      return Optional.of(refused);
    }
    if (SqlFailure.in(e).isEmpty() && !(e instanceof ConnectionException)) {
      return Optional.empty();
    }
    return switch (SqliteFault.of(e)) {
      case NONE ->
          Optional.of(
              refused(
                  Reason.DAMAGED, damage(database, "does not hold the tables of its schema"), e));
      case FULL -> Optional.of(refused(Reason.FULL, database + ": " + FULL, e));
      case BUSY -> Optional.of(busy(database, e));
      case PERMISSION -> Optional.of(notPermitted(database, e));
      case DAMAGED ->
          Optional.of(refused(Reason.DAMAGED, damage(database, "is damaged or no database"), e));
      case IO -> Optional.of(io(database, e));
    };
  }

  public static StoreRefusedException damaged(Path database, String what) {
    return new StoreRefusedException(Reason.DAMAGED, damage(database, what));
  }

  private static String damage(Path database, String what) {
    return database + " " + what + ADVICE;
  }

  /** What is wrong with a file that is damaged, without its name and without advice. */
  public static String finding(Path database, StoreRefusedException damaged) {
    String message = String.valueOf(damaged.getMessage());
    String name = database + " ";
    return message.startsWith(name) && message.endsWith(ADVICE)
        ? "it " + message.substring(name.length(), message.length() - ADVICE.length())
        : message;
  }

  private static StoreRefusedException busy(Path database, Throwable e) {
    return refused(
        Reason.LOCKED,
        database + " is locked by another program, such as a shell of SQLite: end it, try again",
        e);
  }

  private static StoreRefusedException notPermitted(Path database, Throwable e) {
    return refused(
        Reason.NO_PERMISSION,
        database + " may not be written: see the rights of the file and its directory",
        e);
  }

  /** SQLite says I/O error also of a disk that is full and of a directory it may not write. */
  private static StoreRefusedException io(Path database, RuntimeException e) {
    Optional<IOException> why = probe(database);
    if (why.isPresent() && reason(why.get()) != Reason.IO_ERROR) {
      return refusal("can't work beside " + database, why.get());
    }
    if (!Files.isReadable(database) || !Files.isWritable(database)) {
      return notPermitted(database, e);
    }
    return refused(
        Reason.IO_ERROR,
        database
            + " can't be read or written: the disk reports an error, which is no damage yet ("
            + SqlFailure.in(e).map(Throwable::getMessage).orElse(e.toString())
            + ")",
        e);
  }

  /** What keeps a small file from being written beside the database. */
  private static Optional<IOException> probe(Path database) {
    Path directory = database.toAbsolutePath().getParent();
    Path file = null;
    try {
      file = Files.createTempFile(directory, ".baton-probe", "");
      Files.write(file, new byte[PROBE_BYTES]);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    } finally {
      if (file != null && !file.toFile().delete()) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private static StoreRefusedException refused(Reason reason, String message, Throwable cause) {
    return new StoreRefusedException(reason, message, cause);
  }
}
