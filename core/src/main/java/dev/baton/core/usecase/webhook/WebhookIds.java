package dev.baton.core.usecase.webhook;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes the ids of webhooks and of their messages: 128 bits behind a prefix. */
final class WebhookIds {
  private static final int BYTES = 16;

  private WebhookIds() {}

  static String next(String prefix, RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }

  /** The same for the same URL. */
  static String of(String url) {
    byte[] hash = Hashing.sha256().hashString(url, StandardCharsets.UTF_8).asBytes();
    return "wh_" + HexFormat.of().formatHex(hash, 0, BYTES);
  }
}
