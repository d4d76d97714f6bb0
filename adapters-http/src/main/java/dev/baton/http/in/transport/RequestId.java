package dev.baton.http.in.transport;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names a request in replies and logs; it need not be secret, only different. */
final class RequestId {
  private static final int LENGTH_MAX = 128;

  private RequestId() {}

  /**
   * What the client sent, if it is 1 to 128 of {@code A-Z a-z 0-9 . _ : / + = @ ~ -}, which need no
   * escaping in a header, a log or a page; else a new UUID.
   */
  static String of(@Nullable String sent) {
    return sent != null && isPlain(sent) ? sent : made();
  }

  private static String made() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & (Long.MAX_VALUE >> 1)) | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private static boolean isPlain(String sent) {
    int length = sent.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = sent.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "._:/+=@~-".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
