package dev.baton.core.port;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Rows in and results out of files under one allowed root. Blocks; safe for use by several threads.
 *
 * <p>Refused with a {@link BatonException} of {@link ErrorCode#FILES_DISABLED} when there is no
 * root, of {@link ErrorCode#PATH_NOT_ALLOWED} for all that does not lie under it or is no plain
 * file, with the same text whether there is such a file or not, of {@link ErrorCode#FILE_NOT_FOUND}
 * for a plain path under it that leads nowhere.
 */
public interface BatchFiles {

  /** How rows are written. */
  enum Format {
    /** RFC 4180 with a header row. */
    CSV,
    /** One JSON object per line; read also from one array of objects. */
    JSONL;

    private static final List<String> JSON_ENDINGS = List.of(".jsonl", ".ndjson", ".json");

    /**
     * {@link #JSONL} when the path ends in {@code .jsonl}, {@code .ndjson} or {@code .json}, else
     * {@link #CSV}.
     */
    public static Format of(String path) {
      String lower = path.toLowerCase(Locale.ROOT);
      return JSON_ENDINGS.stream().anyMatch(lower::endsWith) ? JSONL : CSV;
    }
  }

  /**
   * Opens a file under the root; the file that was checked is the file that every pass reads. Its
   * format is told by its name, as by {@link Format#of}.
   */
  BatchInput open(String path);

  /** Rows in a private file of the caller's, which is removed when the input is closed. */
  BatchInput uploaded(Path file, Format format);

  /** Rows in memory. */
  BatchInput inline(String text, Format format);

  /**
   * Begins a file under the root, which appears under its name when it is complete. Refused with
   * {@link ErrorCode#FILE_EXISTS} when there is one and {@code overwrite} is false, with {@link
   * ErrorCode#VALIDATION_FAILED} when its directory is missing or it is the {@code input}, with
   * {@link ErrorCode#PATH_NOT_ALLOWED} when it is Baton's own database.
   *
   * @param input the path that the rows come from; empty for none
   */
  BatchOutput create(String path, String input, boolean overwrite);

  /** Checks what {@link #create} would refuse, and makes nothing. */
  void checkOutput(String path, String input, boolean overwrite);
}
