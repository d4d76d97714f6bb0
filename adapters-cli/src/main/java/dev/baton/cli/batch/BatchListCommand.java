package dev.baton.cli.batch;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.PageOption;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClient.Batch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code baton batch list}. */
@Command(name = "list", description = "List batches, newest first.")
final class BatchListCommand extends TableCommand<Batch> {
  @Mixin private final PageOption page = new PageOption();

  BatchListCommand(CliContext context) {
    super(context, new Shape<>("batches", "no batches", Batches::json, Batches.table()));
  }

  @Override
  public Integer call() throws InterruptedException {
    int index = page.index();
    try (BatchClient server = where.reading().batches(context)) {
      return show(() -> server.list(index));
    }
  }
}
