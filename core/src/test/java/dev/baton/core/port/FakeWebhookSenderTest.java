package dev.baton.core.port;

import dev.baton.core.testing.FakeWebhookSender;

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
