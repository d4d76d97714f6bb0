package dev.baton.cli.shared;

import picocli.CommandLine.Option;

/** Which page of a list to show. */
public final class PageOption {
  private static final int MAX = 1_000_000;

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Counted from 1, 100 on each (default: ${DEFAULT-VALUE}).")
  private int page;

  /** The page, counted from 0; ends the command when there can be none such. */
  public int index() {
    if (page < 1 || page > MAX) {
      throw CommandFailure.usage("--page is from 1 to " + MAX);
    }
    return page - 1;
  }
}
