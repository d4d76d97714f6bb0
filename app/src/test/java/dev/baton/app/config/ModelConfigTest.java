package dev.baton.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections that say who answers prompts. */
final class ModelConfigTest {
  private static final String EVERY_KEY =
      """
      providers:
        - name: main
          type: openai
          base_url: http://10.0.0.1:8080/v1/
          api_keys: ["${KEY}", other]
          timeout: 5m
          idle_timeout: 1500ms
          connect_timeout: 2s
          concurrency: 8
          models:
            - name: big
              concurrency: 2
              max_tokens: 4096
              fallbacks: [small, claude]
              input_price: 2.5
              output_price: 10
              order: 2
              weight: 7
            - small
        - {name: second, type: anthropic, models: [claude]}
        - {name: third, type: echo, delay: 10ms, models: [parrot]}
      executor:
        enabled: true
        queues: [default, fast]
        concurrency: 32
        per_tenant: 4
        auto_execute: false
        echo: true
        lease: 90s
      outbound:
        allow: [10.0.0.0/8, hooks.internal]
        allow_http: true
        ports: [443, 8443]
      """;

  private static Config parse(String yaml) {
    return new ConfigLoader(Map.of("KEY", "key-secret")).parse(yaml, "file.yaml");
  }

  @Test
  void everyKey_isReadByItsPublishedName() {
    Config config = parse(EVERY_KEY);

    ProviderConfig main = config.providers().get(0);
    assertThat(main.name()).isEqualTo("main");
    assertThat(main.baseUrl()).isEqualTo("http://10.0.0.1:8080/v1");
    assertThat(main.apiKeys()).containsExactly("key-secret", "other");
    assertThat(main.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(main.idleTimeout()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(main.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(main.models())
        .containsExactly(
            new ModelConfig("big", 2, 4_096, List.of("small", "claude"), 2.5, 10.0, 2, 7),
            new ModelConfig("small", null, null, null, null, null, 1, 1));
    assertThat(main.callsOf(main.models().get(0))).isEqualTo(2);
    assertThat(main.callsOf(main.models().get(1))).isEqualTo(8);
    assertThat(config.providers().get(1).baseUrl()).isEqualTo("https://api.anthropic.com/v1");
    assertThat(config.providers().get(2).delay()).isEqualTo(Duration.ofMillis(10));
    assertThat(config.executor())
        .isEqualTo(
            new ExecutorConfig(
                true, List.of("default", "fast"), 32, 4, false, true, Duration.ofSeconds(90)));
    assertThat(config.outbound().rules().ports()).contains(443, 8443);
  }

  @Test
  void theManualsExample_isRead() throws IOException {
    String page = Files.readString(Path.of("../docs/operating/providers.md"));
    int from = page.indexOf("```yaml\n") + "```yaml\n".length();
    Map<String, String> keys = Map.of("OPENAI_API_KEY", "a", "ANTHROPIC_API_KEY", "b");

    Config config =
        new ConfigLoader(keys).parse(page.substring(from, page.indexOf("```", from)), "page");

    assertThat(config.providers())
        .extracting(ProviderConfig::type)
        .containsExactly("openai", "openai", "openai", "anthropic");
  }

  @Test
  void theDefaults_areThese() {
    Config config = parse("providers: [{name: a, type: openai, models: [m]}]");

    ProviderConfig provider = config.providers().get(0);
    assertThat(provider.baseUrl()).isEqualTo("https://api.openai.com/v1");
    assertThat(provider.apiKeys()).isEmpty();
    assertThat(provider.timeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(provider.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(provider.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(provider.callsOf(provider.models().get(0))).isEqualTo(16);
    assertThat(config.executor().isEnabled()).isTrue();
    assertThat(config.executor().isAutomatic()).isTrue();
    assertThat(config.executor().isEchoing()).isFalse();
    assertThat(config.executor().queues()).containsExactly("default");
    assertThat(config.executor().calls()).isEqualTo(16);
    assertThat(config.executor().leaseLength()).isEqualTo(Duration.ofMinutes(1));
    assertThat(Config.DEFAULT.providers()).isEmpty();
  }

  @Test
  void theEnvironment_turnsTheExecutorOff() {
    Config config =
        new ConfigLoader(
                Map.of("BATON_EXECUTOR_ENABLED", "false", "BATON_EXECUTOR_PER_TENANT", "3"))
            .defaults();

    assertThat(config.executor().isEnabled()).isFalse();
    assertThat(config.executor().callsPerTenant()).isEqualTo(3);
  }

  @Test
  void keys_areInNoText() {
    assertThat(parse(EVERY_KEY).toString()).doesNotContain("key-secret");
    assertThatThrownBy(
            () -> parse("providers: [{name: a, type: openai, api_keys: [\"${KEY} x\"]}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("api_keys are visible ASCII")
        .hasMessageNotContaining("key-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          providers: [{type: openai, models: [m]}]                            | providers.name
          providers: [{name: a, models: [m]}]                                 | providers.type is
          providers: [{name: a, type: other, models: [m]}]                    | providers.type is
          providers: [{name: a, type: openai}]                                | name at least one
          providers: [{name: a, type: openai, models: [a b]}]                 | providers.models
          providers: [{name: a, type: openai, base_url: ftp://x, models: [m]}] | base_url
          providers: [{name: a, type: openai, base_url: http://u:p@x, models: [m]}] | base_url
          providers: [{name: a, type: openai, timeout: 5, models: [m]}]       | a time is a number
          providers: [{name: a, type: openai, timeout: 0s, models: [m]}]      | a timeout is
          providers: [{name: a, type: openai, timeout: 2d, models: [m]}]      | a timeout is
          providers: [{name: a, type: openai, concurrency: 0, models: [m]}]   | concurrency
          providers: [{name: a, type: echo, models: [m]}, {name: a, type: echo, models: [n]}] | named a
          providers: [{name: a, type: echo, models: [m, m]}]                  | a offers the model m twice
          providers: [{name: a, type: echo, models: [m, m@b]}, {name: b, type: echo, models: [m]}] | m@b would name
          providers: [{name: a, type: echo, models: [{name: m, order: 0}]}]   | order is from 1
          providers: [{name: a, type: echo, models: [{name: m, weight: 0}]}]  | weight is from 1
          providers: [{name: a, type: echo, models: [{name: m, fallbacks: [x]}]}] | the fallback of m
          providers: [{name: a, type: echo, models: [{name: m, input_price: -1}]}] | not negative
          executor: {queues: [integration]}                                   | outside workers
          executor: {queues: []}                                              | executor.queues
          executor: {concurrency: 0}                                          | executor.concurrency
          executor: {lease: 10ms}                                             | executor.lease
          outbound: {ports: [0]}                                              | outbound.ports
          outbound: {allow: ["10.0.0.0/99"]}                                  | 10.0.0.0/99
          """)
  void whatCantBeMeant_isRefused(String yaml, String why) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("file.yaml, line 1")
        .hasMessageContaining(why);
  }
}
