package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigLoader;
import dev.baton.core.Baton;
import dev.baton.http.in.ops.Readiness;
import dev.baton.http.in.runner.shared.NodeStatus;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.persistence.sqlite.SqliteStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key {@code server.strict}, from the file to the answers. */
final class StrictServerTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path directory;

  private record Answers(HttpResponse<String> runner, HttpResponse<String> bridge) {}

  /** What a server so configured answers to an unknown member. */
  private Answers answers(String yaml) throws Exception {
    Path file = directory.resolve("config.yaml");
    Files.writeString(file, yaml);
    Config config = new ConfigLoader(Map.of()).load(file);
    Wiring wiring = new Wiring(config);
    try (UpstreamClient upstream = wiring.upstream();
        SqliteStore store = wiring.openStore(directory.resolve("baton.db"), broken -> {});
        Baton baton = wiring.baton(store, upstream);
        HttpServer server =
            wiring.listen(baton, () -> Readiness.READY, NodeStatus.UNKNOWN::storage)) {
      String at = "http://127.0.0.1:" + server.address().getPort();
      return new Answers(post(at + "/api/v1/tasks"), post(at + "/putPrompt"));
    }
  }

  private HttpResponse<String> post(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"prompt\":\"p\",\"nmae\":1}"))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void strict_refusesUnknownMembers_inTheWordsOfEachDialect() throws Exception {
    Answers answers = answers("server: {port: 0, strict: true}");

    assertThat(answers.runner().statusCode()).isEqualTo(400);
    assertThat(answers.runner().body()).contains("VALIDATION_ERROR", "/nmae");
    assertThat(answers.bridge().statusCode()).isEqualTo(422);
    assertThat(answers.bridge().body()).contains("\"nmae\"", "extra_forbidden");
  }

  @Test
  void otherwise_theyAreIgnoredAndNamed() throws Exception {
    Answers answers = answers("server: {port: 0}");

    assertThat(answers.runner().statusCode()).isEqualTo(201);
    assertThat(answers.bridge().statusCode()).isEqualTo(200);
    for (HttpResponse<String> answer : List.of(answers.runner(), answers.bridge())) {
      assertThat(answer.headers().firstValue("X-Ignored-Members")).isPresent();
    }
  }
}
