package dev.baton.core;

import dev.baton.core.port.Store;
import dev.baton.core.testing.InMemoryStore;

final class LifecycleTest extends LifecycleContract {

  @Override
  protected Store createStore() {
    return new InMemoryStore();
  }
}
