package dev.baton.core.testing;

import dev.baton.core.port.Store;
import dev.baton.core.port.StoreContract;

final class InMemoryStoreTest extends StoreContract {

  @Override
  protected Store createStore() {
    return new InMemoryStore();
  }
}
