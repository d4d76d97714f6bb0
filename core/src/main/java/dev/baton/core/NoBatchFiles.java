package dev.baton.core;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import java.nio.file.Path;

/** No root, so no files. */
final class NoBatchFiles implements BatchFiles {

  private static BatonException disabled() {
    return new BatonException(ErrorCode.FILES_DISABLED, "no files are served");
  }

  @Override
  public BatchInput open(String path) {
    throw disabled();
  }

  @Override
  public BatchInput uploaded(Path file, Format format) {
    throw disabled();
  }

  @Override
  public BatchInput inline(String text, Format format) {
    throw disabled();
  }

  @Override
  public BatchOutput create(String path, String input, boolean overwrite) {
    throw disabled();
  }

  @Override
  public void checkOutput(String path, String input, boolean overwrite) {
    throw disabled();
  }
}
