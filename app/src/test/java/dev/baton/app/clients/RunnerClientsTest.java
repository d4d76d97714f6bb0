package dev.baton.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.app.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seed 2's examples by curl, as they are printed but for the port and the file; then by node. */
final class RunnerClientsTest {

  @TempDir private Path directory;
  private Node node;

  @BeforeEach
  void start() throws IOException {
    Path root = Files.createDirectory(directory.resolve("files"));
    Files.writeString(root.resolve("tasks.csv"), "id,prompt\nrow-1,one\nrow-2,two\n");
    node =
        Served.node(
            directory,
            Map.of(),
            """
            server:
              port: 0
            store:
              url: %s
              durability: process-crash
            files:
              root: %s
            executor:
              echo: true
            """
                .formatted(directory.resolve("test.db"), root));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private JsonNode curl(String line) throws IOException, InterruptedException {
    String here =
        line.replace("localhost:3000", "localhost:" + node.url().getPort())
            .replace("/path/to/", directory.resolve("files") + "/")
            .replace("curl ", "curl --silent --noproxy '*' --max-time 30 ");
    return new ObjectMapper().readTree(Served.run("sh", "-c", here));
  }

  @Test
  void curlExamples_runAsPrinted() throws Exception {
    JsonNode task =
        curl(
            """
            curl -X POST http://localhost:3000/api/v1/tasks \\
              -H "Authorization: Bearer YOUR_API_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{
                "id": "example-task",
                "prompt": "Explain quantum computing in simple terms",
                "model": "gpt-4",
                "temperature": 0.7
              }'
            """);
    JsonNode batch =
        curl(
            """
            curl -X POST http://localhost:3000/api/v1/batches \\
              -H "Authorization: Bearer YOUR_API_KEY" \\
              -H "Content-Type: application/json" \\
              -d '{
                "id": "csv-batch",
                "name": "CSV Processing",
                "inputFile": "/path/to/tasks.csv",
                "config": {
                  "model": "gpt-3.5-turbo",
                  "maxConcurrency": 10
                }
              }'
            """);
    JsonNode metrics =
        curl(
            """
            curl -X GET http://localhost:3000/api/v1/metrics \\
              -H "Authorization: Bearer YOUR_API_KEY"
            """);

    assertThat(task.path("success").asBoolean()).as(task.toString()).isTrue();
    assertThat(task.at("/data/id").asText()).isEqualTo("example-task");
    assertThat(task.at("/data/status").asText()).isEqualTo("pending");
    assertThat(batch.at("/data/id").asText()).as(batch.toString()).isEqualTo("csv-batch");
    assertThat(batch.at("/data/taskCount").asInt()).isEqualTo(2);
    assertThat(metrics.at("/data/tasks/total").asInt()).as(metrics.toString()).isEqualTo(3);
    assertThat(metrics.at("/data/system/activeConnections").asInt()).isPositive();
  }

  @Test
  void nodesFetch_takesATaskThroughItsLife() throws Exception {
    Path script = directory.resolve("client.mjs");
    Files.writeString(
        script,
        """
        const api = process.argv[2] + '/api/v1';
        const ask = async (method, path, body, headers = {}) => {
          const answer = await fetch(api + path, {
            method,
            headers: {'Content-Type': 'application/json', ...headers},
            body: body && JSON.stringify(body),
          });
          return {status: answer.status, headers: answer.headers, ...(await answer.json())};
        };
        const expect = (what, found, wanted) => {
          if (found !== wanted) throw new Error(`${what}: ${found}, not ${wanted}`);
        };
        const key = {'Idempotency-Key': '"k-1"', 'X-Request-ID': 'trace-1'};
        const task = {prompt: 'hello', autoExecute: false};
        const made = await ask('POST', '/tasks', task, key);
        expect('created', made.status, 201);
        expect('request id', made.headers.get('X-Request-ID'), 'trace-1');
        const again = await ask('POST', '/tasks', task, key);
        expect('replayed', again.headers.get('Idempotent-Replayed'), 'true');
        expect('same task', again.data.id, made.data.id);
        const path = '/tasks/' + made.data.id;
        const read = await ask('GET', path);
        expect('status', read.data.status, 'pending');
        expect('origin', read.data.requestId, 'trace-1');
        const tag = read.headers.get('ETag');
        const changed = await ask('PATCH', path, {temperature: 1}, {'If-Match': tag});
        expect('changed', changed.data.temperature, 1);
        expect('stale', (await ask('PATCH', path, {temperature: 2}, {'If-Match': tag})).status, 412);
        expect('executed', (await ask('POST', path + '/execute')).data.status, 'running');
        expect('list', (await ask('GET', '/tasks?limit=1')).data.pagination.total, 1);
        const status = (await ask('GET', '/status')).data;
        expect('status', status.services.database, 'healthy');
        expect('durability', status.storage.durability, 'process-crash');
        expect('gone', (await ask('DELETE', path)).message, 'Task deleted successfully');
        expect('unknown', (await ask('GET', path)).error.code, 'TASK_NOT_FOUND');
        console.log('done');
        """);

    String url = node.url().toString();

    assertThat(List.of(Served.run("node", script.toString(), url).split("\n"))).contains("done");
  }
}
