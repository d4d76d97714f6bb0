package dev.baton.app.batch;

import dev.baton.core.Baton;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientFileContract;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchFiles;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.local.InProcessTransport;
import dev.baton.http.out.client.HttpBatonClient;
import dev.baton.persistence.file.FileBatches;

final class LocalBatchServerFileTest extends BatchClientFileContract {

  @Override
  protected BatchFiles files() {
    return FileBatches.disabled();
  }

  @Override
  protected BatchClient createServer(Baton baton, BatchFiles files) {
    RunnerDialect runner = new RunnerDialect(baton, RunnerSettings.DEFAULT, files);
    return new HttpBatonClient(
            new InProcessTransport(path -> runner, TenantId.DEFAULT, () -> directory, () -> {}))
        .batches();
  }
}
