package dev.baton.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {
  private static final String EVERY_KEY =
      """
      server:
        host: 127.0.0.2
        port: 8123
        extra_listeners: [3000, 3001]
        workers: 4
        public_url: https://baton.example
        allowed_hosts: [baton.example]
        strict: true
      store:
        url: other.db
        durability: process-crash
        low_water_mib: 64
      logging:
        level: debug
        format: json
      metrics:
        enabled: false
        endpoint: /metrics
      cors:
        allowed_origins: ["https://page.example"]
      bridge:
        lease_max_seconds: 7200
        max_attempts: 3
      """;

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# nothing but a comment\n", "{}", "server:\n", "---\n"})
  void anEmptyFile_isTheDefaults(String yaml) {
    assertThat(parse(yaml)).isEqualTo(Config.DEFAULT);
  }

  @Test
  void theDefaults_areThese() {
    Config config = new ConfigLoader(Map.of()).defaults();

    assertThat(config.server().host()).isEqualTo("127.0.0.1");
    assertThat(config.server().port()).isEqualTo(8000);
    assertThat(config.server().extraListeners()).isEmpty();
    assertThat(config.server().workers()).isNull();
    assertThat(config.server().publicUrl()).isNull();
    assertThat(config.server().allowedHosts()).isEmpty();
    assertThat(config.server().isStrict()).isFalse();
    assertThat(config.store().url()).isEqualTo("baton.db");
    assertThat(config.store().isPowerLossSafe()).isTrue();
    assertThat(config.logging().level()).isEqualTo("info");
    assertThat(config.logging().isJson()).isFalse();
    assertThat(config.metrics().isEnabled()).isTrue();
    assertThat(config.cors().allowedOrigins()).isEmpty();
    assertThat(config.bridge().leaseMax()).isEqualTo(Duration.ofDays(1));
    assertThat(config.bridge().attemptsMax()).hasValue(20);
    assertThat(config.store().lowWaterMib()).isNull();
  }

  @Test
  void everyKey_isReadByItsPublishedName() {
    Config config = parse(EVERY_KEY);

    assertThat(config.server())
        .isEqualTo(
            new Config.Server(
                "127.0.0.2",
                8123,
                List.of(3000, 3001),
                4,
                "https://baton.example",
                List.of("baton.example"),
                true));
    assertThat(config.server().isStrict()).isTrue();
    assertThat(config.store()).isEqualTo(new Config.StoreConfig("other.db", "process-crash", 64L));
    assertThat(config.logging()).isEqualTo(new Config.Logging("debug", "json"));
    assertThat(config.metrics()).isEqualTo(new Config.Metrics(false, "/metrics"));
    assertThat(config.bridge()).isEqualTo(new Config.Bridge(7200, 3));
    assertThat(config.cors()).isEqualTo(new Config.Cors(List.of("https://page.example")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"server:\n  prot: 1\"                  | 2 | no key 'prot'",
        "\"servers: {}\"                         | 1 | no key 'servers'",
        "\"server:\n  port: 1\n  port: 2\"       | 3 | Duplicate field 'port'",
        "\"server:\n  port: eighty\"             | 2 | server.port",
        "\"server:\n  port: 80.5\"               | 2 | server.port",
        "\"server:\n  port: [80]\"               | 2 | server.port",
        "\"server:\n  port: 70000\"              | 2 | server.port is from 0 to 65535",
        "\"server:\n  port: -1\"                 | 2 | server.port is from 0 to 65535",
        "\"server:\n  extra_listeners: 3000\"    | 2 | server.extra_listeners",
        "\"server:\n  extra_listeners: [0]\"     | 2 | server.extra_listeners are from 1",
        "\"server:\n  workers: 0\"               | 2 | server.workers is 1 to 256",
        "\"server:\n\tport: 80\"                 | 2 | '\\t(TAB)'",
        "\"store:\n  url: jdbc:postgresql://x\"  | 2 | store.url is a file",
        "\"store:\n  durability: maybe\"         | 2 | store.durability is",
        "\"logging:\n  level: loud\"             | 2 | logging.level is one of",
        "\"logging:\n  format: xml\"             | 2 | logging.format is text or json",
        "\"metrics:\n  endpoint: /m\"            | 2 | metrics.endpoint is /metrics",
        "\"metrics:\n  enabled: perhaps\"        | 2 | metrics.enabled",
        "\"- a list\"                            | 1 | keys with values are needed",
      })
  void whatCantBeMeant_isRefusedWithItsLine(String yaml, int line, String why) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("file.yaml, line " + line + ": ")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server: {port: 1", "server: !!java.net.URL [x]", "a: &a [*a]", "\0"})
  void whatIsNoConfiguration_isRefused(String yaml) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("file.yaml");
  }

  @Test
  void aSecondDocument_isRefused() {
    assertThatThrownBy(() -> parse("server: {port: 1}\n---\nserver: {port: 2}\n"))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void anAlias_isRefused_andNotTakenForItsName() {
    assertThatThrownBy(() -> parse("cors:\n  allowed_origins: &o [a]\nserver: {host: *o}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 3: aliases are not read");
  }

  @Test
  void billionLaughs_areRefusedAtOnce() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      String below = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", List.of(below, below, below))));
    }

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> assertThatThrownBy(() -> parse(bomb.toString())).isInstanceOf(ConfigException.class));
  }

  @Test
  void theEnvironment_goesOverTheFile() {
    Map<String, String> environment =
        Map.of(
            "BATON_SERVER_PORT", "9000",
            "BATON_SERVER_EXTRA_LISTENERS", "3000,3001",
            "BATON_SERVER_ALLOWED_HOSTS", "a.example,b.example",
            "BATON_STORE_URL", "env.db",
            "BATON_METRICS_ENABLED", "false");

    Config config = new ConfigLoader(environment).parse("server: {port: 1}", "file.yaml");

    assertThat(config.server().port()).isEqualTo(9000);
    assertThat(config.server().extraListeners()).containsExactly(3000, 3001);
    assertThat(config.server().allowedHosts()).containsExactly("a.example", "b.example");
    assertThat(config.store().url()).isEqualTo("env.db");
    assertThat(config.metrics().isEnabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "BATON_SERVER_PORT, eighty, server.port",
    "BATON_SERVER_PORT, 70000, server.port is from",
    "BATON_SERVER_EXTRA_LISTENERS, '3000,x', server.extra_listeners",
    "BATON_LOGGING_LEVEL, loud, logging.level is one of",
  })
  void aWrongOverride_isRefusedWithItsKey(String variable, String value, String why) {
    assertThatThrownBy(() -> new ConfigLoader(Map.of(variable, value)).defaults())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aVariable_isTakenFromTheEnvironment() {
    Config config =
        new ConfigLoader(Map.of("WHERE", "here.db")).parse("store: {url: '${WHERE}'}", "file.yaml");

    assertThat(config.store().url()).isEqualTo("here.db");
  }

  @Test
  void aVariableInAComment_isNotAskedFor() {
    Config config = parse("# ${NOWHERE}\nstore:\n  url: 'a#b.db' # or ${NOWHERE}\n");

    assertThat(config.store().url()).isEqualTo("a#b.db");
    assertThatThrownBy(() -> parse("store:\n  url: 'a # ${NOWHERE}'\n"))
        .hasMessage("file.yaml, line 2: the environment has no NOWHERE");
  }

  @Test
  void anUnsetVariable_isRefusedWithItsLine() {
    assertThatThrownBy(() -> parse("store:\n  url: ${NOWHERE}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("file.yaml, line 2: the environment has no NOWHERE");
  }

  @Test
  void theCommandLine_goesOverAll() {
    Config config = parse(EVERY_KEY).with(Optional.of("cli.db"), Optional.empty(), Optional.of(0));

    assertThat(config.store().url()).isEqualTo("cli.db");
    assertThat(config.store().isPowerLossSafe()).isFalse();
    assertThat(config.server().port()).isZero();
    assertThat(config.server().host()).isEqualTo("127.0.0.2");
    assertThat(config.server().extraListeners()).containsExactly(3000, 3001);
  }

  @Test
  void aFile_isRead_andAMissingOneRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("config.yaml"), EVERY_KEY);
    ConfigLoader loader = new ConfigLoader(Map.of());

    assertThat(loader.load(file)).isEqualTo(parse(EVERY_KEY));
    assertThatThrownBy(() -> loader.load(directory.resolve("none.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml");
  }

  private static Config parse(String yaml) {
    return new ConfigLoader(Map.of()).parse(yaml, "file.yaml");
  }

  @Test
  void webhooks_areRead_withTheSecretOfTheEnvironment() {
    Config config =
        new ConfigLoader(Map.of("HOOK", "a secret of sixteen"))
            .parse(
                """
                webhooks:
                  - url: https://a.example/
                    events: [task.completed, batch.finished]
                    secret: ${HOOK}
                """,
                "test");

    WebhookConfig webhook = config.webhooks().get(0);
    assertThat(webhook.name()).isEqualTo("https://a.example/");
    assertThat(webhook.asked().secret()).contains("a secret of sixteen");
    assertThat(webhook.asked().topics()).hasSize(2);
    assertThat(config.toString()).doesNotContain("sixteen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "webhooks: [{url: 'https://a/', events: [task.created]}]",
        "webhooks: [{url: 'https://a/', events: [], secret: a secret of sixteen}]",
        "webhooks: [{url: 'https://a/', events: [task.gone], secret: a secret of sixteen}]",
        "webhooks: [{url: 'https://a/', events: [task.created], secret: short}]",
        "webhooks: [{events: [task.created], secret: a secret of sixteen}]",
        "webhooks: [{url: 'https://a/', what: 1}]",
        "alerts: {backlog: -1}"
      })
  void webhooksAndAlerts_thatMakeNoSense_areRefused(String yaml) {
    ConfigLoader loader = new ConfigLoader(Map.of());

    assertThatThrownBy(() -> loader.parse(yaml, "test")).isInstanceOf(ConfigException.class);
  }

  @Test
  void backlog_isUnwatched_unlessItIsBounded() {
    ConfigLoader loader = new ConfigLoader(Map.of());

    assertThat(loader.parse("", "test").alerts().backlogMax()).isEmpty();
    assertThat(loader.parse("alerts: {backlog: 5}", "test").alerts().backlogMax()).hasValue(5);
  }
}
