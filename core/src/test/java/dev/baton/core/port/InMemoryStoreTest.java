package dev.baton.core.port;

import dev.baton.core.testing.InMemoryStore;

final class InMemoryStoreTest extends StoreContract {

  @Override
  protected Store createStore() {
    return new InMemoryStore();
  }
}
