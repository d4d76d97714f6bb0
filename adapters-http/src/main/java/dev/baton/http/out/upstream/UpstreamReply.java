package dev.baton.http.out.upstream;

import com.google.common.base.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * An answer, whatever its status. What it says is a stranger's word.
 *
 * @param body as UTF-8, with replacement characters for what is none; empty when it went to a
 *     {@link BodySink}
 * @param cut whether there was more of the body than was read
 * @param isUtf8 whether the body stands as it came: false when there is a replacement in it
 */
public record UpstreamReply(
    int status, UpstreamHeaders headers, String body, boolean cut, boolean isUtf8) {

  UpstreamReply(int status, UpstreamHeaders headers, byte[] body, boolean cut) {
    this(
        status,
        headers,
        new String(body, StandardCharsets.UTF_8),
        cut,
        cut || Utf8.isWellFormed(body));
  }

  public boolean isOk() {
    return status >= 200 && status <= 299;
  }

  @Override
  public String toString() {
    return "reply " + status;
  }
}
