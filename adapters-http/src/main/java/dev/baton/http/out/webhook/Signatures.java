package dev.baton.http.out.webhook;

import com.google.common.hash.Hashing;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.baton.core.port.WebhookSender.Letter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What proves to a receiver who sent a message, and when. */
final class Signatures {
  private static final String PREFIX = "whsec_";

  private Signatures() {}

  /**
   * The headers of Standard Webhooks, with a signature by each secret, and the plain one that many
   * receivers know, by the newest.
   */
  static Map<String, String> of(Letter letter) {
    long seconds = letter.at().getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", letter.id());
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put(
        "webhook-signature",
        letter.secrets().stream()
            .map(secret -> signature(key(secret), letter, seconds))
            .collect(Collectors.joining(" ")));
    byte[] newest = key(letter.secrets().get(0));
    headers.put(
        "X-Webhook-Signature",
        "sha256=" + Hashing.hmacSha256(newest).hashString(letter.body(), StandardCharsets.UTF_8));
    return headers;
  }

  private static String signature(byte[] key, Letter letter, long seconds) {
    try {
      return new Webhook(key).sign(letter.id(), seconds, letter.body());
    } catch (EmptyWebhookSecretException | WebhookSigningException e) {
      throw new IllegalStateException("a message can't be signed", e);
    }
  }

  /** Base64 behind the prefix; otherwise the text itself. */
  private static byte[] key(String secret) {
    return secret.startsWith(PREFIX)
        ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
        : secret.getBytes(StandardCharsets.UTF_8);
  }
}
