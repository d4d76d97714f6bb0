package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of a real server, from file to file, also when it is killed on the way. */
final class ScheduleProcessTest {
  private static final int ROWS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEDULES = "/api/v1/scheduled-tasks";

  @TempDir private Path directory;
  private Path root;

  @BeforeEach
  void writeInput() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "r" + i + ",say " + i)
            .collect(Collectors.joining("\n"));
    Files.writeString(root.resolve("in.csv"), "id,prompt\n" + rows + "\n");
  }

  private ServerProcess serve(Duration answer) throws IOException {
    return ServerProcess.serveSlowly(
        root.resolve("baton.db"), directory.resolve("calls.txt"), answer, root);
  }

  private static JsonNode call(
      InetSocketAddress server, String path, @Nullable String json, int status) throws IOException {
    try (Wire wire = new Wire()) {
      Wire.Answer answer = wire.call(server, path, json);
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      return JSON.readTree(answer.body());
    }
  }

  private static String plan(String output, String more) {
    return "{\"name\":\"n\",\"schedule\":\"@yearly\",\"inputFile\":\"in.csv\",\"outputFile\":\"%s\"%s}"
        .formatted(output, more);
  }

  private static String create(InetSocketAddress server, String json) throws IOException {
    return SCHEDULES + "/" + call(server, SCHEDULES, json, 201).at("/data/id").asText();
  }

  private static JsonNode run(InetSocketAddress server, String path) throws IOException {
    return call(server, path + "/runs", null, 200).at("/data/runs/0");
  }

  private int calls() throws IOException {
    Path journal = directory.resolve("calls.txt");
    return Files.exists(journal) ? Files.readAllLines(journal).size() : 0;
  }

  private List<String> filesOfRoot() throws IOException {
    try (Stream<Path> paths = Files.list(root)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("baton.db"))
          .sorted()
          .toList();
    }
  }

  @Test
  void killedWithinARun_itGoesOn_andWritesOneWholeFile() throws Exception {
    String path;
    try (ServerProcess first = serve(Duration.ofMillis(300))) {
      path = create(first.address(), plan("out.csv", ""));
      call(first.address(), path + "/run", "{}", 202);
      await().atMost(PATIENCE).until(() -> calls() >= ROWS / 4);
      assertThat(filesOfRoot()).containsExactly("in.csv");
      first.kill();
    }
    try (ServerProcess second = serve(Duration.ofMillis(20))) {
      InetSocketAddress address = second.address();
      await()
          .atMost(PATIENCE)
          .until(() -> run(address, path).path("status").asText().equals("succeeded"));

      JsonNode run = run(address, path);
      assertThat(run.path("completed").asInt()).isEqualTo(ROWS);
      assertThat(call(address, path + "/runs", null, 200).at("/data/pagination/total").asInt())
          .isEqualTo(1);
      assertThat(call(address, "/api/v1/batches", null, 200).at("/data/pagination/total").asInt())
          .isEqualTo(1);
      assertThat(filesOfRoot()).containsExactly("in.csv", "out.csv");
      List<String> lines = Files.readAllLines(root.resolve("out.csv"));
      assertThat(lines).hasSize(1 + ROWS);
      for (int i = 0; i < ROWS; i++) {
        assertThat(lines.get(1 + i)).startsWith("r%d,true,say %d,".formatted(i, i));
      }
      assertThat(call(address, "/api/v1/status", null, 200).at("/data/services/scheduler").asText())
          .isEqualTo("healthy");
    }
  }

  @Test
  void runNow_isAnsweredByTheBuiltInEcho_andBecomesAFile() throws Exception {
    try (ServerProcess server = ServerProcess.serve(root.resolve("baton.db"), root)) {
      InetSocketAddress address = server.address();
      String path = create(address, plan("out-{run}.jsonl", ""));
      call(address, path + "/run", "{}", 202);
      await()
          .atMost(PATIENCE)
          .until(() -> run(address, path).path("status").asText().equals("succeeded"));

      assertThat(filesOfRoot()).containsExactly("in.csv", "out-1.jsonl");
      List<String> lines = Files.readAllLines(root.resolve("out-1.jsonl"));
      assertThat(lines).hasSize(ROWS);
      JsonNode last = JSON.readTree(lines.get(ROWS - 1));
      assertThat(last.path("id").asText()).isEqualTo("r" + (ROWS - 1));
      assertThat(last.path("response").asText()).endsWith("say " + (ROWS - 1));
    }
  }

  @Test
  void dryRun_writesItsReport_andAsksNoModel() throws Exception {
    try (ServerProcess server = serve(Duration.ofMillis(20))) {
      InetSocketAddress address = server.address();
      String path = create(address, plan("report.json", ",\"isDryRun\":true"));
      call(address, path + "/run", "{}", 202);
      await()
          .atMost(PATIENCE)
          .until(() -> run(address, path).path("status").asText().equals("succeeded"));

      JsonNode report = JSON.readTree(Files.readString(root.resolve("report.json")));
      assertThat(report.path("isValid").asBoolean()).isTrue();
      assertThat(report.path("rows").asInt()).isEqualTo(ROWS);
      assertThat(report.path("estimatedPromptTokens").asInt()).isGreaterThan(ROWS);
      assertThat(report.path("unboundedRows").asInt()).isEqualTo(ROWS);
      assertThat(report.path("estimatedCost").isNull()).isTrue();
      assertThat(calls()).isZero();
    }
  }

  @Test
  void outputThatMayNotBe_isRefused_andNothingIsTouched() throws Exception {
    Files.writeString(root.resolve("there.csv"), "precious");
    try (ServerProcess server = serve(Duration.ofMillis(20))) {
      InetSocketAddress address = server.address();

      assertRefused(address, plan("../out.csv", ""), 403, "PATH_NOT_ALLOWED");
      assertRefused(address, plan("/etc/out.csv", ""), 403, "PATH_NOT_ALLOWED");
      assertRefused(address, plan("baton.db", ""), 403, "PATH_NOT_ALLOWED");
      assertRefused(address, plan("baton.db-wal", ""), 403, "PATH_NOT_ALLOWED");
      assertRefused(address, plan("in.csv", ""), 400, "VALIDATION_ERROR");
      assertRefused(address, plan("none/out.csv", ""), 400, "VALIDATION_ERROR");
      assertRefused(address, plan("there.csv", ",\"overwrite\":false"), 409, "FILE_EXISTS");

      assertThat(call(address, SCHEDULES, null, 200).at("/data/pagination/total").asInt()).isZero();
    }
    assertThat(filesOfRoot()).containsExactly("in.csv", "there.csv");
    assertThat(root.resolve("there.csv")).hasContent("precious");
  }

  private static void assertRefused(InetSocketAddress server, String json, int status, String code)
      throws IOException {
    assertThat(call(server, SCHEDULES, json, status).at("/error/code").asText()).isEqualTo(code);
  }
}
