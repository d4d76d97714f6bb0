package dev.baton.http.out.upstream;

import java.nio.charset.StandardCharsets;

/**
 * An answer, whatever its status. What it says is a stranger's word.
 *
 * @param body as UTF-8, with replacement characters for what is none; empty when it went to a
 *     {@link BodySink}
 * @param cut whether there was more of the body than was read
 */
public record UpstreamReply(int status, UpstreamHeaders headers, String body, boolean cut) {

  UpstreamReply(int status, UpstreamHeaders headers, byte[] body, boolean cut) {
    this(status, headers, new String(body, StandardCharsets.UTF_8), cut);
  }

  public boolean isOk() {
    return status >= 200 && status <= 299;
  }

  @Override
  public String toString() {
    return "reply " + status;
  }
}
