package dev.baton.core.usecase;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes the ids of webhooks and of their messages: 128 random bits behind a prefix. */
final class WebhookIds {
  private static final int BYTES = 16;

  private WebhookIds() {}

  static String next(String prefix, RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
