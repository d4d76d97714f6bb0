package dev.baton.app.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.WorkerId;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.RunnerSettings;
import dev.baton.http.in.server.HttpServer;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.file.FileBatches;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows from files and forms, and results as files, through a real server on a real store. */
final class BatchFilesServerTest {
  private static final long UPLOAD_MAX = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path root;
  private Baton baton;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    baton = Baton.builder(SqlStores.open(directory.resolve("baton.db"))).build().start();
    server =
        HttpServer.builder()
            .port(0)
            .dialect(
                new RunnerDialect(
                    baton,
                    RunnerSettings.DEFAULT.withUploadMax(UPLOAD_MAX),
                    FileBatches.under(root, Optional.empty())))
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
    baton.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder at(String path) {
    var address = server.address();
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + address.getPort() + "/api/v1" + path));
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        at(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> upload(String rows) throws Exception {
    String form =
        """
        --x
        Content-Disposition: form-data; name="id"

        up
        --x
        Content-Disposition: form-data; name="config"

        {"maxConcurrency":2}
        --x
        Content-Disposition: form-data; name="file"; filename="r.csv"

        %s
        --x--
        """
            .replace("\n", "\r\n")
            .formatted(rows);
    return send(
        at("/batches")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString(form)));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  private void assertNothingStored() {
    assertThat(Baton.await(baton.insight().tally(TenantId.DEFAULT))).isEqualTo(Tally.NONE);
  }

  private void answerAll(String answer) {
    Optional<LeasedTask> task = baton.lease(new WorkerId("w"), Duration.ofSeconds(60));
    while (task.isPresent()) {
      baton.complete(task.get(), answer);
      task = baton.lease(new WorkerId("w"), Duration.ofSeconds(60));
    }
  }

  @Test
  void uploadedRows_runToTheirEnd_andComeOutAsCsvAndJsonLines() throws Exception {
    HttpResponse<String> created = upload("id,prompt\na,first\nb,\"=second,\"\"x\"\"\"\nc,third\n");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(json(created).at("/data/taskCount").asInt()).isEqualTo(3);
    post("/batches/up/execute", "{}");
    answerAll("=cmd()\nnext");

    String csv = send(at("/batches/up/results?format=csv")).body();
    String lines = send(at("/batches/up/results").header("Accept", "*/*")).body();

    assertThat(csv)
        .startsWith(
            "ID,Success,Response,Error,Prompt Tokens,Completion Tokens,Total Tokens,Cost,"
                + "Timestamp,Prompt,Model,Temperature,Max Tokens,Status,Metadata\r\n"
                + "a,true,\"'=cmd()\nnext\",,,,,,")
        .contains("\"'=second,\"\"x\"\"\"");
    assertThat(lines.lines()).hasSize(3);
    JsonNode second = JSON.readTree(lines.lines().skip(1).findFirst().orElseThrow());
    assertThat(second.path("id").asText()).isEqualTo("b");
    assertThat(second.path("response").asText()).isEqualTo("=cmd()\nnext");
    assertThat(second.at("/request/prompt").asText()).isEqualTo("=second,\"x\"");
    assertThat(second.path("success").asBoolean()).isTrue();
  }

  @Test
  void uploadBeyondItsBound_isTooLarge_andLeavesNothing() throws Exception {
    HttpResponse<String> refused = upload("prompt\n" + "x".repeat((int) UPLOAD_MAX));

    assertThat(refused.statusCode()).isEqualTo(413);
    assertNothingStored();
  }

  @Test
  void brokenRows_areNamedByLine_andNothingIsStored() throws Exception {
    HttpResponse<String> refused = upload("prompt,temperature\na,1\nb\nc,hot\n");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).at("/error/details/rows/0/line").asInt()).isEqualTo(3);
    assertThat(json(refused).at("/error/details/rows/1/line").asInt()).isEqualTo(4);
    assertNothingStored();
  }

  @Test
  void manyResults_comeWhole_toASlowReader() throws Exception {
    StringBuilder rows = new StringBuilder("prompt\n");
    for (int i = 0; i < 2_000; i++) {
      rows.append("p").append(i).append('x').append("y".repeat(900)).append('\n');
    }
    Files.writeString(root.resolve("many.csv"), rows.toString());
    assertThat(post("/batches", "{\"id\":\"many\",\"inputFile\":\"many.csv\"}").statusCode())
        .isEqualTo(201);

    HttpResponse<InputStream> slow =
        client.send(at("/batches/many/results?format=csv").build(), BodyHandlers.ofInputStream());

    assertThat(new String(slow.body().readAllBytes(), UTF_8).lines()).hasSize(2_001);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, 403, PATH_NOT_ALLOWED",
    "/etc/no-such-file, 403, PATH_NOT_ALLOWED",
    "../../x, 403, PATH_NOT_ALLOWED",
    "file:///etc/passwd, 403, PATH_NOT_ALLOWED",
    "http://example.com/x.csv, 403, PATH_NOT_ALLOWED",
    "/dev/zero, 403, PATH_NOT_ALLOWED",
    "/proc/self/environ, 403, PATH_NOT_ALLOWED",
    "., 403, PATH_NOT_ALLOWED",
    "missing.csv, 404, FILE_NOT_FOUND"
  })
  void inputFile_elsewhereOrMissing_isRefused(String path, int status, String code)
      throws Exception {
    HttpResponse<String> refused = post("/batches", "{\"inputFile\":\"" + path + "\"}");

    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(json(refused).at("/error/code").asText()).isEqualTo(code);
    assertNothingStored();
  }
}
