package dev.baton.app.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.domain.task.TaskRow;
import dev.baton.core.domain.task.TaskState.Kind;
import dev.baton.core.port.TaskRows.Filter;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.task.Tasks;
import dev.baton.persistence.SqlStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a large batch when its server is killed while something is done to all of it. */
final class BatchProcessTest {
  private static final int IMPORTED = 200_000;
  private static final int WALKED = 30_000;

  /** Tasks that tell by being there, or by having moved, that the work has begun. */
  private static final int BEGUN = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Well within what an import that stands is given. */
  private static final Duration AT_ONCE = Duration.ofSeconds(30);

  private static final Duration POLL = Duration.ofMillis(5);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCHES = "/api/v1/batches";
  private static final String BIG = BATCHES + "/big";

  @TempDir private Path directory;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
  }

  private void writeRows(int count) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(root.resolve("in.csv")))) {
      out.print("id,prompt\n");
      for (int i = 0; i < count; i++) {
        out.print("r" + i + ",say " + i + "\n");
      }
    }
  }

  private Path database() {
    return directory.resolve("baton.db");
  }

  /** With an executor whose calls do not end. */
  private ServerProcess serve() throws IOException {
    return ServerProcess.serveSlowly(
        database(), directory.resolve("calls.txt"), Duration.ofHours(1), root);
  }

  private static JsonNode call(
      InetSocketAddress server, String path, @Nullable String json, int status) throws IOException {
    try (Wire wire = new Wire()) {
      Wire.Answer answer = wire.call(server, path, json);
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      return JSON.readTree(answer.body());
    }
  }

  private static String creation() {
    return "{\"id\":\"big\",\"inputFile\":\"in.csv\",\"idempotencyKey\":\"k\"}";
  }

  private static JsonNode progress(InetSocketAddress server) throws IOException {
    return call(server, BIG, null, 200).at("/data/progress");
  }

  private static String status(InetSocketAddress server) throws IOException {
    return call(server, BIG, null, 200).at("/data/status").asText();
  }

  private static boolean exists(InetSocketAddress server, String task) throws IOException {
    try (Wire wire = new Wire()) {
      return wire.call(server, "/api/v1/tasks/" + task, null).status() == 200;
    }
  }

  /** What the file holds that no process has open. */
  private record Stored(Tally counted, Map<Kind, Long> states, Set<TaskId> ids, long rows) {}

  private Stored stored() {
    Map<Kind, Long> states = new EnumMap<>(Kind.class);
    Set<TaskId> ids = new HashSet<>();
    long rows = 0;
    try (Baton baton = Baton.builder(SqlStores.open(database())).build()) {
      List<TaskRow> page = page(baton, Long.MAX_VALUE);
      while (!page.isEmpty()) {
        for (TaskRow row : page) {
          states.merge(row.state(), 1L, Long::sum);
          ids.add(row.id());
          rows++;
        }
        page = page(baton, page.get(page.size() - 1).seq());
      }
      return new Stored(Baton.await(baton.insight().tally(TenantId.DEFAULT)), states, ids, rows);
    }
  }

  private static List<TaskRow> page(Baton baton, long before) {
    return Baton.await(baton.tasks().list(TenantId.DEFAULT, Filter.ALL, before, Tasks.PAGE_MAX));
  }

  private BatchView storedBatch() {
    try (Baton baton = Baton.builder(SqlStores.open(database())).build()) {
      return Baton.await(baton.batches().find(TenantId.DEFAULT, new BatchId("big"))).orElseThrow();
    }
  }

  private void assertWhole(Tally expected) {
    Stored stored = stored();
    assertThat(stored.counted()).isEqualTo(expected);
    assertThat(storedBatch().tally()).isEqualTo(expected);
    assertThat(stored.rows()).isEqualTo(WALKED);
    assertThat(stored.ids()).hasSize(WALKED);
    assertThat(stored.states().getOrDefault(Kind.CANCELLED, 0L)).isEqualTo(expected.cancelled());
    assertThat(stored.states().getOrDefault(Kind.HELD, 0L)).isEqualTo(expected.held());
  }

  @Test
  void killedWithinAnImport_nothingIsLeftOfIt_andItCanBeMadeAtOnce() throws Exception {
    writeRows(IMPORTED);
    try (ServerProcess first = serve();
        Wire wire = new Wire()) {
      InetSocketAddress address = first.address();
      wire.connect(address);
      wire.send(Wire.request(address, BATCHES, creation()));
      await().atMost(PATIENCE).pollInterval(POLL).until(() -> exists(address, "r" + BEGUN));
      first.kill();
    }
    Stored cut = stored();
    assertThat(cut.rows()).isBetween((long) BEGUN, IMPORTED - 1L);
    assertThat(cut.counted().total()).isEqualTo(cut.rows());

    writeRows(10);
    try (ServerProcess second = serve()) {
      InetSocketAddress address = second.address();
      assertThat(call(address, BATCHES, null, 200).at("/data/pagination/total").asInt()).isZero();
      call(address, BIG, null, 404);
      await().atMost(AT_ONCE).pollInterval(POLL).until(() -> !exists(address, "r" + BEGUN));
      await()
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .until(
              () ->
                  call(address, "/api/v1/tasks", null, 200).at("/data/pagination/total").asLong()
                      == 0);

      JsonNode again = call(address, BATCHES, creation(), 201);
      assertThat(again.at("/data/taskCount").asInt()).isEqualTo(10);
      second.kill();
    }
    Stored made = stored();
    assertThat(made.rows()).isEqualTo(10);
    assertThat(made.counted()).isEqualTo(new Tally(10, 0, 0, 0, 0, 0));
  }

  @Test
  void killedWithinWalks_eachGoesOn_andNothingIsLostOrDoubled() throws Exception {
    writeRows(WALKED);
    try (ServerProcess server = serve()) {
      call(server.address(), BATCHES, creation(), 201);
      server.kill();
    }
    assertWhole(new Tally(WALKED, 0, 0, 0, 0, 0));

    try (ServerProcess server = serve()) {
      InetSocketAddress address = server.address();
      call(address, BIG + "/execute", "{}", 200);
      call(address, BIG + "/cancel", "{}", 200);
      await().pollInterval(POLL).until(() -> progress(address).path("cancelled").asInt() >= BEGUN);
      server.kill();
    }
    BatchView cancelling = storedBatch();
    assertThat(cancelling.batch().state()).isEqualTo(BatchState.CANCELLING);
    assertThat(cancelling.tally().total()).isEqualTo(WALKED);

    try (ServerProcess server = serve()) {
      InetSocketAddress address = server.address();
      await().atMost(PATIENCE).until(() -> status(address).equals("cancelled"));
      server.kill();
    }
    assertWhole(new Tally(0, 0, 0, 0, 0, WALKED));

    try (ServerProcess server = serve()) {
      InetSocketAddress address = server.address();
      call(address, BIG + "/retry", "{}", 200);
      await().pollInterval(POLL).until(() -> progress(address).path("pending").asInt() >= BEGUN);
      server.kill();
    }
    assertThat(storedBatch().tally().cancelled()).isPositive();

    try (ServerProcess server = serve()) {
      InetSocketAddress address = server.address();
      await().atMost(PATIENCE).until(() -> progress(address).path("pending").asInt() == WALKED);
      delete(address);
      await().pollInterval(POLL).until(() -> !exists(address, "r" + BEGUN));
      server.kill();
    }
    Stored deleting = stored();
    assertThat(deleting.rows()).isBetween(1L, (long) WALKED - BEGUN);
    assertThat(deleting.counted().total()).isEqualTo(deleting.rows());

    try (ServerProcess server = serve()) {
      InetSocketAddress address = server.address();
      await().atMost(PATIENCE).until(() -> !exists(address, "r" + (WALKED - 1)));
      server.kill();
    }
    assertThat(stored()).isEqualTo(new Stored(Tally.NONE, Map.of(), Set.of(), 0));
  }

  private static void delete(InetSocketAddress server) throws IOException {
    try (Wire wire = new Wire()) {
      wire.connect(server);
      wire.send(
          ("DELETE " + BIG + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertThat(wire.receive().status()).isBetween(200, 204);
    }
  }
}
