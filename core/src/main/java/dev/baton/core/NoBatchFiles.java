package dev.baton.core;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchInput;
import dev.baton.core.port.BatchOutput;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import dev.baton.core.usecase.schedule.DryRun;
import dev.baton.core.usecase.schedule.RunFormat;
import java.nio.file.Path;

/** No root, so no files. */
final class NoBatchFiles implements BatchFiles, RunFormat {
  static final NoBatchFiles INSTANCE = new NoBatchFiles();

  private NoBatchFiles() {}

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

  @Override
  public String header(Format format) {
    throw disabled();
  }

  @Override
  public String line(Format format, Batches.Outcome outcome, Models prices) {
    throw disabled();
  }

  @Override
  public String report(DryRun dryRun) {
    throw disabled();
  }
}
