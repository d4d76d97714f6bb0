package dev.baton.cli.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.CliHarness;
import dev.baton.cli.CliHarness.Outcome;
import dev.baton.core.domain.webhook.WebhookTopic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookCommandsTest {
  private static final String URL = "https://receiver.example/hook";

  @TempDir Path directory;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(directory);
  }

  @AfterEach
  void stop() {
    cli.close();
  }

  private String add(String... more) {
    String[] args = new String[more.length + 3];
    args[0] = "webhook";
    args[1] = "add";
    args[2] = URL;
    System.arraycopy(more, 0, args, 3, more.length);
    Outcome outcome = cli.run(args);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome.out().lines().findFirst().orElseThrow();
  }

  @Test
  void add_printsIdAndSecret_whichIsNeverShownAgain() {
    List<String> lines = cli.run("webhook", "add", URL).out().lines().toList();

    assertThat(lines).hasSize(2);
    String secret = lines.get(1);
    assertThat(secret).startsWith("whsec_");
    for (String json : List.of("--json=false", "--json")) {
      assertThat(cli.run("webhook", "show", json, lines.get(0)).out())
          .contains(URL)
          .doesNotContain(secret);
      assertThat(cli.run("webhook", "list", json).out())
          .contains(lines.get(0))
          .doesNotContain(secret);
    }
  }

  @Test
  void add_withASecret_doesNotRepeatIt() {
    Outcome given = cli.run("webhook", "add", "--json", "--secret=a secret of our own", URL);
    Outcome piped = cli.in("another secret of ours\n").run("webhook", "add", "--secret=-", URL);

    assertThat(given.json().has("secret")).isFalse();
    assertThat(given.out()).doesNotContain("of our own");
    assertThat(piped.exitCode()).isZero();
    assertThat(piped.out().lines()).hasSize(1);
  }

  @Test
  void add_inJson_tellsTheSecretToo() {
    Outcome outcome = cli.run("webhook", "add", "--json", "--events=task.failed", URL);

    assertThat(outcome.json().path("secret").asText()).startsWith("whsec_");
    assertThat(outcome.json().path("events").toString()).isEqualTo("[\"task.failed\"]");
    assertThat(outcome.json().path("enabled").asBoolean()).isTrue();
  }

  @Test
  void add_withoutTopics_isToldOfAll() {
    String id = add();

    assertThat(cli.run("webhook", "show", "--json", id).json().path("events"))
        .hasSize(WebhookTopic.values().length);
  }

  @ParameterizedTest
  @CsvSource({
    "--events=task.eaten, is none of",
    "--secret=short, secret",
    "--db=a --server=http://b, exclude each other"
  })
  void add_ofWhatIsWrong_is2AndSaysWhy(String options, String why) {
    String[] words = ("webhook add " + URL + " " + options).split(" ", -1);

    Outcome outcome = cli.run(words);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(why);
  }

  @Test
  void add_ofAUrlThatIsNotAllowed_is2() {
    Outcome outcome = cli.run("webhook", "add", "--json", "http://receiver.example/");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.error().path("code").asText()).isEqualTo("URL_NOT_ALLOWED");
  }

  @Test
  void edit_changesWhatIsNamed() {
    String id = add("--events=task.created");

    assertThat(cli.run("webhook", "edit", id, "--enabled=false").err()).contains("disabled");

    Outcome shown = cli.run("webhook", "show", "--json", id);
    assertThat(shown.json().path("enabled").asBoolean()).isFalse();
    assertThat(shown.json().path("disabledReason").asText()).isNotEmpty();
    assertThat(shown.json().path("events").toString()).isEqualTo("[\"task.created\"]");
    assertThat(cli.run("webhook", "test", id).exitCode()).isEqualTo(5);
    Outcome moved =
        cli.run("webhook", "edit", "--json", id, "--enabled=true", "--url=https://b.example/");
    assertThat(moved.json().path("url").asText()).isEqualTo("https://b.example/");
    assertThat(moved.json().path("enabled").asBoolean()).isTrue();
  }

  @Test
  void edit_ofNothing_is2() {
    assertThat(cli.run("webhook", "edit", add()).exitCode()).isEqualTo(2);
  }

  @Test
  void testAndRedeliver_printTheMessage_thatDeliveriesLists() {
    String id = add();
    assertThat(cli.run("webhook", "deliveries", id).err()).contains("no deliveries");

    String message = cli.run("webhook", "test", id).out().strip();
    Outcome again = cli.run("webhook", "redeliver", "--json", id, message);

    assertThat(again.json().path("deliveryId").asText()).isEqualTo(message);
    assertThat(cli.run("webhook", "deliveries", id).out()).contains(message, "webhook.test");
    assertThat(
            cli.run("webhook", "deliveries", "--json", id)
                .json()
                .at("/deliveries/0/event")
                .asText())
        .isEqualTo("webhook.test");
    assertThat(cli.run("webhook", "redeliver", id, "none").exitCode()).isEqualTo(4);
  }

  @Test
  void delete_asksFirst() {
    String id = add();

    assertThat(cli.run("webhook", "delete", id).exitCode()).isEqualTo(2);
    assertThat(cli.run("webhook", "delete", "--yes", id).exitCode()).isZero();

    assertThat(cli.run("webhook", "list").err()).contains("no webhooks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "edit --enabled=true", "test", "deliveries", "delete --yes"})
  void whatIsNotThere_is4(String command) {
    Outcome outcome = cli.run(("webhook " + command + " none").split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(4);
  }

  @Test
  void list_ofAPageThatCanNotBe_is2() {
    assertThat(cli.run("webhook", "list", "--page=0").exitCode()).isEqualTo(2);
  }
}
