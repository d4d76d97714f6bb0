package dev.baton.core.usecase.webhook;

import dev.baton.core.port.Store;
import dev.baton.core.testing.InMemoryStore;

final class WebhooksTest extends WebhooksContract {

  @Override
  protected Store createStore() {
    return new InMemoryStore();
  }
}
