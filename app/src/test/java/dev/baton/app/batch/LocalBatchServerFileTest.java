package dev.baton.app.batch;

import dev.baton.core.Baton;
import dev.baton.core.LocalBatchServer;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchServer;
import dev.baton.core.port.BatchServerFileContract;
import dev.baton.persistence.file.FileBatches;

final class LocalBatchServerFileTest extends BatchServerFileContract {

  @Override
  protected BatchFiles files() {
    return FileBatches.disabled();
  }

  @Override
  protected BatchServer createServer(Baton baton, BatchFiles files) {
    return new LocalBatchServer(baton, TenantId.DEFAULT);
  }
}
