package dev.baton.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.app.config.Config;
import dev.baton.app.config.ConfigLoader;
import dev.baton.core.Baton;
import dev.baton.core.port.Store;
import dev.baton.core.port.Store.Urgency;
import dev.baton.persistence.sql.SqlTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose database finds no room, made so by SQLite's own bound on the file: it answers as a
 * full disk does, and needs no disk of its own.
 */
final class FullDiskServerTest {
  private static final int CALLS = 300;
  private static final int LINES_MAX = 20;
  private static final String LARGE = "x".repeat(200_000);

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicReference<Store> store = new AtomicReference<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream standardError = System.err;
  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    Path file = directory.resolve("config.yaml");
    Files.writeString(
        file,
        """
        server: {port: 0}
        store: {url: %s, low_water_mib: 0}
        """
            .formatted(directory.resolve("full.db")));
    Config config = new ConfigLoader(Map.of()).load(file);
    System.setErr(new PrintStream(log, true, UTF_8));
    LogSetup.apply(config.logging());
    Seams seams =
        Seams.aroundStore(
            opened -> {
              store.set(opened);
              return opened;
            });
    node = Node.start(new Wiring(config, seams), config, false);
  }

  @AfterEach
  void stop() {
    node.close();
    System.setErr(standardError);
    LogSetup.apply(Config.DEFAULT.logging());
  }

  /** How many pages more than now the file may have. */
  private void bound(long pages) {
    long bound =
        Baton.await(
            requireNonNull(store.get())
                .write(
                    Urgency.CARRY,
                    tx -> {
                      Handle handle = ((SqlTransaction) tx).session().handle();
                      long used = handle.createQuery("PRAGMA page_count").mapTo(Long.class).one();
                      return handle
                          .createQuery("PRAGMA max_page_count = " + (used + pages))
                          .mapTo(Long.class)
                          .one();
                    }));
    assertThat(bound).isPositive();
  }

  private HttpResponse<String> post(String path, String body) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(node.url() + path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> put(String prompt) {
    return post("/putPrompt", "{\"prompt\":\"" + prompt + "\"}");
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words).contains("full").doesNotContain("unknown");
  }

  @Test
  void eachDialectSaysSo_theLogSaysItOnce_andTheServerGoesOn() {
    assertThat(put("kept").statusCode()).isEqualTo(200);
    bound(0);

    for (int i = 0; i < CALLS / 3; i++) {
      assertRefused(put(LARGE), 507, "\"detail\"");
      assertRefused(
          post("/api/v1/tasks", "{\"prompt\":\"" + LARGE + "\"}"), 503, "\"STORAGE_FULL\"");
      assertRefused(
          post("/api/v1/batches", "{\"tasks\":[{\"prompt\":\"" + LARGE + "\"}]}"),
          503,
          "\"STORAGE_FULL\"");
    }

    assertThat(log.toString(UTF_8).lines())
        .hasSizeLessThanOrEqualTo(LINES_MAX)
        .filteredOn(line -> line.contains("is full"))
        .hasSize(1);

    bound(100_000);
    await().untilAsserted(() -> assertThat(put(LARGE).statusCode()).isEqualTo(200));
    assertThat(node.isBroken()).isFalse();
  }
}
