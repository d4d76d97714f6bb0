package dev.baton.http.in.runner.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.http.in.runner.Answer;
import dev.baton.http.in.runner.Runner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookRoutesTest {
  private static final String SEEDS =
      """
      {"url": "https://your-app.com/webhook",
       "events": ["task.completed", "batch.finished", "system.alert"],
       "secret": "your-webhook-secret"}
      """;

  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  private Answer create(String url) {
    return runner.post(
        "/webhooks", "{\"url\": \"%s\", \"events\": [\"task.created\"]}".formatted(url));
  }

  @Test
  void webhook_asTheSeedShowsIt_isMadeReadChangedAndDeleted() {
    Answer made = runner.post("/webhooks", SEEDS);
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.data().has("secret")).isFalse();
    assertThat(made.data().get("events").toString())
        .isEqualTo("[\"task.completed\",\"batch.finished\",\"system.alert\"]");
    String path = "/webhooks/" + made.data("id");

    assertThat(runner.get(path).data("url")).isEqualTo("https://your-app.com/webhook");
    assertThat(runner.get("/webhooks").data().get("webhooks")).hasSize(1);
    Answer off = runner.patch(path, "{\"enabled\": false, \"events\": [\"task.failed\"]}");
    assertThat(off.data().get("enabled").asBoolean()).isFalse();
    assertThat(off.data().get("events").toString()).isEqualTo("[\"task.failed\"]");
    assertThat(runner.post(path + "/test").status()).isEqualTo(409);
    runner.patch(path, "{\"enabled\": true}");
    Answer tried = runner.post(path + "/test");
    assertThat(tried.data("status")).isEqualTo("pending");
    assertThat(runner.get(path + "/deliveries").data().get("deliveries")).hasSize(1);
    String again = path + "/deliveries/" + tried.data("id") + "/redeliver";
    assertThat(runner.post(again).data("id")).isEqualTo(tried.data("id"));
    assertThat(runner.post(path + "/deliveries/none/redeliver").status()).isEqualTo(404);
    assertThat(runner.delete(path).status()).isEqualTo(200);
    assertThat(runner.get(path).status()).isEqualTo(404);
  }

  /** As clients are generated that send what was not set. */
  @Test
  void eventsThatAreNull_areLeftAsTheyAre_andAnEmptyListIsRefused() {
    String path = "/webhooks/" + create("https://your-app.com/").data("id");

    Answer changed = runner.patch(path, "{\"enabled\": false, \"events\": null}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.data().get("events").toString()).isEqualTo("[\"task.created\"]");
    assertThat(runner.patch(path, "{\"events\": []}").status()).isEqualTo(400);
    assertThat(runner.patch(path, "{\"url\": null}").status()).isEqualTo(400);
  }

  @Test
  void secret_thatWasMadeHere_isShownOnce() {
    Answer made = create("https://your-app.com/");

    assertThat(made.data("secret")).startsWith("whsec_");
    assertThat(runner.get("/webhooks/" + made.data("id")).data().has("secret")).isFalse();
  }

  @Test
  void secret_ofARequestThatIsRepeated_isNotKeptForItsRepeat() {
    String body = "{\"url\": \"https://your-app.com/\", \"events\": [\"task.created\"]}";
    Answer made =
        runner.answer(
            runner.request("POST", "/webhooks").header("Idempotency-Key", "k").json(body));
    Answer again =
        runner.answer(
            runner.request("POST", "/webhooks").header("Idempotency-Key", "k").json(body));

    assertThat(made.data("secret")).startsWith("whsec_");
    assertThat(again.isReplay()).isTrue();
    assertThat(again.data("id")).isEqualTo(made.data("id"));
    assertThat(again.body()).doesNotContain("whsec_");
    assertThat(runner.get("/webhooks").data().get("webhooks")).hasSize(1);
  }

  /** Row 161. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://your-app.com/",
        "ftp://your-app.com/",
        "https:///hook",
        "https://user:pw@your-app.com/",
        "https://your-app.com:22/",
        "https://your-app.com/#part",
        "no url"
      })
  void url_thatIsNone_isRefused(String url) {
    assertThat(create(url).status()).isEqualTo(400);
    assertThat(create(url).code()).isEqualTo("URL_NOT_ALLOWED");
    assertThat(runner.get("/webhooks").data().get("webhooks")).isEmpty();
  }

  @Test
  void url_longerThanItsBound_isRefused() {
    String url = "https://your-app.com/";
    String longest = url + "a".repeat(2_048 - url.length());

    assertThat(create(longest).status()).isEqualTo(201);
    assertThat(create(longest + "a").code()).isEqualTo("URL_NOT_ALLOWED");
  }

  /** Row 162; where other names lead is looked at when a message is sent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "[fd00::1]",
        "100.64.0.1",
        "[64:ff9b::7f00:1]",
        "localhost."
      })
  void url_ofAPrivateAddress_isRefused(String host) {
    assertThat(create("https://" + host + "/").code()).isEqualTo("URL_NOT_ALLOWED");
  }

  /** Row 163. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"events\": []",
        "\"events\": [\"task.vanished\"]",
        "\"events\": [\"task.created\"], \"secret\": \"short\"",
        "\"events\": [\"task.created\"], \"secret\": \"\"",
        "\"events\": [\"task.created\"], \"secret\": \"whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY=\"",
        "\"events\": [\"task.created\"], \"secret\": \"whsec_no base64\""
      })
  void eventsOrSecret_thatAreNone_areRefused(String members) {
    Answer refused =
        runner.post("/webhooks", "{\"url\": \"https://your-app.com/\", %s}".formatted(members));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(runner.get("/webhooks").data().get("webhooks")).isEmpty();
  }
}
