package dev.baton.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.cli.Cli;
import dev.baton.cli.shared.CliBackend.Listening;
import dev.baton.cli.shared.CliBackend.ServeOptions;
import dev.baton.cli.shared.StopSignal;
import dev.baton.cli.shared.Terminal;
import dev.baton.core.Baton;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.testing.ManualClock;
import dev.baton.core.usecase.insight.Wait;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.StoreOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server says of itself that has no models, or whose file was used in 2039. */
final class ServedFileTest {
  private static final Pattern AHEAD = Pattern.compile("\"clockAheadSeconds\":(-?\\d+)");

  private final BatonBackend backend = new BatonBackend(Map.of(), Seams.NONE);
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("baton.db");
  }

  private void serve(boolean demo, boolean echo, Consumer<Listening> meanwhile) {
    StopSignal stop = new StopSignal();
    ServeOptions options =
        new ServeOptions(
            Optional.of(file),
            Optional.of("127.0.0.1"),
            Optional.of(0),
            Optional.empty(),
            false,
            demo,
            echo);
    backend.serve(
        options,
        stop,
        listening -> {
          try {
            meanwhile.accept(listening);
          } finally {
            stop.stop();
          }
        });
  }

  private String get(Listening server, String path) {
    return send(HttpRequest.newBuilder(URI.create(server.url() + path)).build());
  }

  private String post(Listening server, String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private String send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a command said, with its exit code at the end. */
  private String run(String... line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            Map.of(),
            false,
            false,
            false,
            OptionalInt::empty,
            new StopSignal());
    int code =
        new Cli(backend, terminal, InstantSource.system(), out, new PrintWriter(err)).run(line);
    return out.toString(UTF_8) + err + "exit " + code;
  }

  private static long ahead(String json) {
    Matcher told = AHEAD.matcher(json);
    assertThat(told.find()).as(json).isTrue();
    return Long.parseLong(told.group(1));
  }

  @Test
  void withoutProviders_tasksOfTheDefaultQueueWait_andEveryoneSaysWhatToDo() {
    serve(
        false,
        false,
        server -> {
          assertThat(server.notes()).anySatisfy(note -> assertThat(note).contains(Wait.ANSWERERS));
          post(server, "/api/v1/tasks", "{\"id\":\"t\",\"prompt\":\"p\"}");
          post(server, "/putPrompt", "{\"taskId\":\"b\",\"prompt\":\"p\",\"queue\":\"default\"}");

          assertThat(get(server, "/api/v1/status/services/openai")).contains(Wait.ANSWERERS);
          assertThat(get(server, "/getResponse?taskId=b")).doesNotContain("\"response\":\"p");
          assertThat(run("task", "show", "b", "--server", server.url().toString()))
              .contains("behind 1 other", Wait.ANSWERERS);
          assertThat(run("doctor", "--server", server.url().toString()))
              .contains("warn  models", "tasks wait until a worker takes them", Wait.ANSWERERS);
          assertThat(get(server, "/api/v1/tasks")).doesNotContain("completed");
        });
  }

  @Test
  void demo_showsAWholeRoundTrip_andWithTheEchoAlsoOfATaskThatIsExecuted() {
    serve(
        true,
        false,
        server ->
            assertThat(server.notes()).anySatisfy(n -> assertThat(n).contains("getResponse")));
    serve(
        true,
        true,
        server ->
            assertThat(String.join("\n", server.notes()))
                .contains("/api/v1/tasks/", "Rayleigh")
                .doesNotContain("still at work"));
  }

  @Test
  void fileOf2039_isTold_refusesToBeResetWhileServed_andIsResetByTheCommand() {
    ManualClock future = new ManualClock(Instant.parse("2039-01-01T00:00:00Z"));
    try (Baton baton =
        Baton.builder(SqlStores.open(file, StoreOptions.DEFAULT.withLowWater(0)))
            .clock(future)
            .build()) {
      baton.submit("held");
      assertThat(baton.lease(new WorkerId("w"), Duration.ofHours(1))).isPresent();
    }
    long far = Duration.ofDays(365).toSeconds();
    String[] reset = {"doctor", "--db", file.toString(), "--port", "0", "--reset-clock"};

    serve(
        false,
        false,
        server -> {
          assertThat(server.notes()).anySatisfy(note -> assertThat(note).contains("CLOCK"));
          assertThat(ahead(get(server, "/readyz"))).isGreaterThan(far);
          assertThat(ahead(get(server, "/api/v1/status"))).isGreaterThan(far);
          assertThat(get(server, "/metrics?format=prometheus"))
              .containsPattern("baton_clock_ahead_seconds(\\{.*})? [1-9][0-9.]*E8");
          assertThat(get(server, "/healthz")).doesNotContain("2039");
          assertThat(run(reset)).contains("in use").doesNotContain("exit 0");
        });
    assertThat(run(reset)).contains("ahead and is set back", "exit 0");
    assertThat(run(reset)).contains("was not ahead", "exit 0");
    serve(
        false,
        false,
        server -> {
          assertThat(server.notes()).noneSatisfy(note -> assertThat(note).contains("CLOCK"));
          assertThat(ahead(get(server, "/readyz"))).isZero();
        });
  }
}
