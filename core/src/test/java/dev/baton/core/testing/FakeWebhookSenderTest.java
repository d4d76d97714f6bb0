package dev.baton.core.testing;

import dev.baton.core.port.WebhookSender;
import dev.baton.core.port.WebhookSenderContract;

final class FakeWebhookSenderTest extends WebhookSenderContract {
  private final FakeWebhookSender sender = new FakeWebhookSender();

  @Override
  protected WebhookSender sender() {
    return sender;
  }

  @Override
  protected String receiver() {
    return "https://receiver.example";
  }
}
