package dev.baton.app.config;

import org.jspecify.annotations.Nullable;

/**
 * Which files of this machine batches may read and write.
 *
 * @param root a directory that they lie under; absent: none, so {@code inputFile} and {@code
 *     outputFile} are refused
 */
public record FilesConfig(@Nullable String root) {
  static final FilesConfig DEFAULT = new FilesConfig(null);
}
