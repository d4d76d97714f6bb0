package dev.baton.app.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.WorkerId;
import dev.baton.core.domain.task.LeasedTask;
import dev.baton.core.domain.task.Tally;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.file.FileBatches;
import dev.baton.persistence.file.SpoolDirectory;
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
  private Path spool;
  private Baton baton;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    spool = directory.resolve("spool");
    SpoolDirectory.prepare(spool);
    baton = Baton.builder(SqlStores.open(directory.resolve("baton.db"))).build().start();
    server =
        HttpServer.builder()
            .port(0)
            .dialect(
                new RunnerDialect(
                    baton,
                    RunnerSettings.DEFAULT.withUploadMax(UPLOAD_MAX),
                    FileBatches.under(root, Optional.empty())))
            .spool(spool)
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
    return postForm(field("id", "up"), field("config", "{\"maxConcurrency\":2}"), file(rows));
  }

  private static String field(String name, String text) {
    return part("name=\"" + name + "\"", text);
  }

  private static String file(String rows) {
    return part("name=\"file\"; filename=\"r.csv\"", rows);
  }

  private static String part(String disposition, String content) {
    return "--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
        .formatted(disposition, content);
  }

  private HttpResponse<String> postForm(String... parts) throws Exception {
    return send(
        at("/batches")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .header("Idempotency-Key", "k")
            .POST(BodyPublishers.ofString(String.join("", parts) + "--x--\r\n")));
  }

  /** A body is removed when its request is over, which may be after the answer has come. */
  private void assertNothingSpooled() {
    await().untilAsserted(() -> assertThat(spool).isEmptyDirectory());
  }

  @Test
  void uploadedParts_mayComeInAnyOrder_andAskForTheSame() throws Exception {
    String config = field("config", "{\"maxConcurrency\":7}");
    HttpResponse<String> made =
        postForm(file("prompt\na\nb\n"), config, field("other", "x"), field("id", "up"));

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).at("/data/id").asText()).isEqualTo("up");
    assertThat(json(made).at("/data/taskCount").asInt()).isEqualTo(2);
    assertThat(json(send(at("/batches/up"))).at("/data/config/maxConcurrency").asInt())
        .isEqualTo(7);
    HttpResponse<String> again = postForm(field("id", "up"), config, file("prompt\na\nb\n"));
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertNothingSpooled();
  }

  @Test
  void uploadedForm_thatIsWrongBehindItsFile_isRefused_andLeavesNoFile() throws Exception {
    String rows = file("prompt\na\n");

    assertInvalid(postForm(rows, rows));
    assertInvalid(postForm(rows, field("id", "a"), field("id", "b")));
    assertInvalid(postForm(rows, field("config", "{")));
    assertInvalid(postForm(rows, field("config", "{\"maxConcurrency\":0}")));
    assertInvalid(postForm(field("id", "a")));
    assertInvalid(postForm(rows, "--x\r\nbroken"));

    assertNothingStored();
    assertNothingSpooled();
  }

  private static void assertInvalid(HttpResponse<String> refused) {
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
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
                + "Timestamp,Prompt,Model,Temperature,Max Tokens,Status,Metadata,Answered By,"
                + "Finish Reason,Tool Calls,Refusal,Reasoning,Log Probabilities,Extras\r\n"
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
    assertNothingSpooled();
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
