package dev.baton.core.usecase.webhook;

import dev.baton.core.port.Store;
import dev.baton.core.port.WebhookSender;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** All that serves webhooks, over one store and one sender, which it closes. Thread-safe. */
public final class WebhookService implements AutoCloseable {
  private final Webhooks webhooks;
  private final WebhookDeliveries mailing;
  private final WebhookDispatcher dispatcher;
  private final WebhookSender sender;

  /**
   * @param random must be safe for use by several threads
   */
  public WebhookService(
      Store store,
      InstantSource clock,
      InstantSource calendar,
      RandomGenerator random,
      WebhookSender sender) {
    this.sender = sender;
    webhooks = new Webhooks(store, clock, random, sender);
    mailing = new WebhookDeliveries(store, clock, random, sender);
    dispatcher = new WebhookDispatcher(mailing, sender, clock, calendar);
    store.addEventListener(dispatcher);
  }

  public Webhooks webhooks() {
    return webhooks;
  }

  public WebhookDeliveries mailing() {
    return mailing;
  }

  public WebhookDispatcher dispatcher() {
    return dispatcher;
  }

  /** Begins to send; call once. */
  public void start() {
    dispatcher.start();
  }

  /** What is under way is sent again by the next process. */
  @Override
  public void close() {
    dispatcher.close();
    sender.close();
  }
}
