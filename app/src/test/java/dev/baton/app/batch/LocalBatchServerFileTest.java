package dev.baton.app.batch;

import dev.baton.core.Baton;
import dev.baton.core.LocalBatchClient;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatchClientFileContract;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchFiles;
import dev.baton.persistence.file.FileBatches;

final class LocalBatchServerFileTest extends BatchClientFileContract {

  @Override
  protected BatchFiles files() {
    return FileBatches.disabled();
  }

  @Override
  protected BatchClient createServer(Baton baton, BatchFiles files) {
    return new LocalBatchClient(baton, TenantId.DEFAULT);
  }
}
