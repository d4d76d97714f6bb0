package dev.baton.app.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which files batches may read and write.
 *
 * @param root a directory of this machine that they lie under; absent: none, so {@code inputFile}
 *     and {@code outputFile} are refused
 * @param uploadMaxMib how large an uploaded form with a batch's rows may be, in MiB, up to 1 TiB
 * @param spoolDir where uploads lie while they come; absent: beside the database, under its name
 */
public record FilesConfig(
    @Nullable String root,
    @JsonProperty("upload_max_mib") @Nullable Long uploadMaxMib,
    @JsonProperty("spool_dir") @Nullable String spoolDir) {
  static final FilesConfig DEFAULT = new FilesConfig(null, null, null);
  private static final long UPLOAD_MAX_MIB = 1_024;

  public FilesConfig {
    if (uploadMaxMib != null && (uploadMaxMib < 1 || uploadMaxMib > 1L << 20)) {
      throw new IllegalArgumentException("files.upload_max_mib is from 1 to 1048576");
    }
  }

  /** In bytes. */
  public long uploadMax() {
    return (uploadMaxMib == null ? UPLOAD_MAX_MIB : uploadMaxMib) << 20;
  }
}
