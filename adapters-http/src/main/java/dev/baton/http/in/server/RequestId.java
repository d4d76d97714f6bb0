package dev.baton.http.in.server;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Names a request in replies and logs; it need not be secret, only different. */
final class RequestId {
  private static final int LENGTH_MAX = 128;
  private static final HexFormat HEX = HexFormat.of();

  private RequestId() {}

  /** What the client sent, if it is 1 to 128 printable characters of ASCII; else a new one. */
  static String of(@Nullable String sent) {
    return sent != null && isPrintable(sent)
        ? sent
        : HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  private static boolean isPrintable(String sent) {
    int length = sent.length();
    if (length == 0 || length > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = sent.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
