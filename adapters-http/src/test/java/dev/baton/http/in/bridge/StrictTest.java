package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.testing.InMemoryStore;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the operator wants it, what is not known is refused instead of ignored. */
final class StrictTest {
  private static final BridgeSettings STRICT =
      new BridgeSettings(Duration.ofDays(1), BridgeSettings.DEFAULT.retry(), true);

  @Test
  void unknownMember_isRefusedByEveryRoute_andTheExamplesAreNot() {
    List<String> tried = new ArrayList<>();
    InMemoryStore store = new InMemoryStore();
    try (Bridge bridge = new Bridge(store, STRICT)) {
      for (Route route : bridge.dialect.routes()) {
        RouteDoc.Body body = route.doc().body();
        if (body != null) {
          String example = new String(Json.encode(requireNonNull(body.example())), UTF_8);
          String unknown = example.substring(0, example.length() - 1) + ",\"nmae\":1}";
          var stored = store.contents();

          Answer refused = bridge.post(route.pattern(), unknown);

          assertThat(refused.status()).as(route.pattern()).isEqualTo(422);
          assertThat(refused.json().at("/detail/0/loc/1").asText()).isEqualTo("nmae");
          assertThat(store.contents()).isEqualTo(stored);
          assertThat(bridge.post(route.pattern(), example).status()).isIn(200, 404);
          tried.add(route.pattern());
        }
      }
    }
    assertThat(tried).contains("/putPrompt", "/postResponse", "/putPrompts", "/appendChunks");
  }
}
