package dev.baton.http.in.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.baton.http.in.api.Reply;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a page of an allowed origin may send and see. */
final class CorsTest {
  private static final Cors CORS = new Cors(Set.of("https://page.test"));

  private static List<String> names(String header, boolean preflight) {
    Reply.Empty reply =
        (Reply.Empty) CORS.applied(Reply.empty(204), "https://page.test", preflight);
    return Splitter.on(", ").splitToList(reply.headers().getOrDefault(header, ""));
  }

  @Test
  void aPage_maySendWhatConditionalAndRepeatedRequestsNeed() {
    assertThat(names("Access-Control-Allow-Headers", true))
        .contains("Idempotency-Key", "If-Match", "If-None-Match", "Prefer", "X-Request-ID");
  }

  @Test
  void aPage_maySeeWhatTellsMoreThanTheBody() {
    assertThat(names("Access-Control-Expose-Headers", false))
        .contains(
            "Allow",
            "Content-Disposition",
            "ETag",
            "Location",
            "Retry-After",
            "X-Ignored-Members",
            "X-Request-ID");
  }
}
