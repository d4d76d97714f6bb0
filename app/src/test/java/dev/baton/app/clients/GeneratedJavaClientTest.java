package dev.baton.app.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.app.Node;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that OpenAPI Generator makes for Java with its default settings, compiled, and used
 * against a server. The build puts the generator where this test looks for it.
 */
final class GeneratedJavaClientTest {
  private static final Path TOOLS = Path.of("target/openapi-generator").toAbsolutePath();

  private static final String CALLS =
      """
      import java.util.List;
      import org.openapitools.client.*;
      import org.openapitools.client.api.*;
      import org.openapitools.client.model.*;

      public class Calls {
        static void expect(Object found, Object wanted) {
          if (!wanted.equals(found)) throw new AssertionError(found + ", not " + wanted);
        }

        public static void main(String[] args) throws Exception {
          ApiClient client = new ApiClient();
          client.updateBaseUri(args[0]);
          IntegrationApi bridge = new IntegrationApi(client);
          expect(bridge.getPromptWithHttpInfo(null, null, null, null, null, null, null)
              .getStatusCode(), 204);
          bridge.putPrompt(new BridgeNewPrompt().prompt("one"));
          BridgePrompt one = bridge.getPrompt(null, null, null, null, null, null, null);
          expect(one.getPrompt(), "one");
          expect(bridge.postResponse(
              new BridgeAnswer().taskId(one.getTaskId()).content("done")).getOk(), true);
          expect(new IntegrationWorkerExtensionsApi(client).getTask(one.getTaskId()).getTaskId(),
              one.getTaskId());
          bridge.putPrompt(new BridgeNewPrompt().prompt("two"));
          BridgePrompt several = bridge.getPrompt(null, null, 5, null, null, null, null);
          expect(several.getPrompts().size(), 1);
          expect(several.getPrompts().get(0).getPrompt(), "two");
          RunnerTasksApi tasks = new RunnerTasksApi(client);
          String id = tasks.createTask(
              new NewTask().prompt("three").autoExecute(false), null).getData().getId();
          expect(tasks.readTask(id, null).getData().getPrompt(), "three");
          RunnerBatchesApi batches = new RunnerBatchesApi(client);
          String batch = batches.createBatch(
              new NewBatch().tasks(List.of(new NewBatchTask().prompt("row"))), null)
              .getData().getId();
          expect(batches.readBatch(batch, null).getData().getId(), batch);
          new RunnerStatusApi(client).systemStatus();
          for (String service : List.of("database", "webhooks", "executor")) {
            expect(new RunnerStatusApi(client).serviceStatus(service).getData().getService(),
                service);
          }
          try {
            tasks.readTask("nobody", null);
            throw new AssertionError("found");
          } catch (ApiException refused) {
            expect(refused.getCode(), 404);
          }
          System.out.println("called");
        }
      }
      """;

  @TempDir private Path directory;

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  @Test
  void clientOfDefaultSettings_compiles_andCalls() throws Exception {
    assertThat(TOOLS.resolve("openapi-generator-cli.jar"))
        .as("fetched by the build, in the phase process-test-resources of module app")
        .exists();
    try (Node node = Served.node(directory, Map.of(), Served.anywhere(directory))) {
      Path classes = compiled(generated(document(node.url())));

      String said =
          Served.run(java("java"), "-cp", classPath() + classes, "Calls", node.url().toString());

      assertThat(said).contains("called");
    }
  }

  private Path document(URI server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/openapi.json")).build();
    Path document = directory.resolve("openapi.json");
    HttpResponse<Path> reply =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(document));
    assertThat(reply.statusCode()).isEqualTo(200);
    return document;
  }

  private Path generated(Path document) throws IOException, InterruptedException {
    Path client = directory.resolve("client");
    Served.run(
        java("java"),
        "-XX:TieredStopAtLevel=1",
        "-jar",
        TOOLS.resolve("openapi-generator-cli.jar").toString(),
        "generate",
        "-g",
        "java",
        "--library",
        "native",
        "-i",
        document.toString(),
        "-o",
        client.toString(),
        "--global-property",
        "apis,models,supportingFiles,apiDocs=false,modelDocs=false,apiTests=false,modelTests=false");
    return client.resolve("src/main/java");
  }

  private Path compiled(Path sources) throws IOException, InterruptedException {
    Path calls = Files.writeString(directory.resolve("Calls.java"), CALLS);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> command =
        new ArrayList<>(
            Arrays.asList(
                java("javac"),
                "-J-XX:TieredStopAtLevel=1",
                "-nowarn",
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                classes.toString(),
                calls.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(command::add);
    }
    Served.run(command.toArray(String[]::new));
    return classes;
  }

  /** The generator's jar has Jackson in it. */
  private static String classPath() {
    StringBuilder all = new StringBuilder();
    for (String jar :
        List.of("openapi-generator-cli", "jackson-databind-nullable", "jakarta.annotation-api")) {
      all.append(TOOLS.resolve(jar + ".jar")).append(File.pathSeparatorChar);
    }
    return all.toString();
  }
}
