package dev.baton.app.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.baton.core.Baton;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Parameters;
import dev.baton.core.domain.task.RetryPolicy;
import dev.baton.core.domain.task.Task;
import dev.baton.core.domain.task.Terms;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.in.transport.HttpServer;
import dev.baton.persistence.SqlStores;
import dev.baton.persistence.file.FileBatches;
import dev.baton.persistence.file.SpoolDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same task is taken or refused, and stored, alike whichever way it comes in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TaskInputTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Set<String> BRIDGE =
      Set.of("id", "prompt", "metadata", "queue", "maxAttempts", "priority", "startAt", "deadline");
  private static final String TURN = "{\"role\":\"user\",\"content\":\"hi\"}";

  @TempDir private static Path directory;
  private static final String RUNNER = "/api/v1";
  private final HttpClient client = HttpClient.newHttpClient();
  private Path root;
  private Baton baton;
  private HttpServer server;
  private int made;

  /**
   * A task as a JSON object.
   *
   * @param csv whether the cells of a CSV can say the same
   */
  private record Input(String json, boolean taken, boolean csv) {
    /** As JSON has it. */
    String text() {
      return json.replace('\'', '"');
    }

    /** Whether the bridge has all of its members, if by other names, and means the same by them. */
    boolean bridge() throws JsonProcessingException {
      JsonNode task = JSON.readTree(text());
      return task.propertyStream().allMatch(member -> BRIDGE.contains(member.getKey()))
          && task.at("/metadata/priority").isMissingNode();
    }

    @Override
    public String toString() {
      return json.length() > 80 ? json.substring(0, 80) + "..." : json;
    }
  }

  private enum Way {
    BODY,
    INLINE_ROW,
    JSONL_FILE,
    JSONL_UPLOAD,
    CSV_FILE,
    CSV_TEXT,
    BRIDGE_ONE,
    BRIDGE_SEVERAL;

    boolean says(Input input) throws JsonProcessingException {
      return switch (this) {
        // A body tells that it passed over what it does not know.
        case BODY -> !input.json().contains("max_tokens");
        case INLINE_ROW, JSONL_FILE, JSONL_UPLOAD -> true;
        case CSV_FILE, CSV_TEXT -> input.csv();
        case BRIDGE_ONE, BRIDGE_SEVERAL -> input.bridge();
      };
    }
  }

  private static Input good(String json) {
    return new Input(json, true, true);
  }

  private static Input bad(String json) {
    return new Input(json, false, true);
  }

  /** Cells have no types, so that only JSON can be wrong in this way. */
  private static Input badJson(String json) {
    return new Input(json, false, false);
  }

  static Stream<Input> inputs() {
    String large = "x".repeat((1 << 20) + 1);
    return Stream.of(
        good("{'prompt':'hello'}"),
        good("{'prompt':'zwölf \\ud83d\\ude00','metadata':{'n':1.50}}"),
        good("{'prompt':'p','model':null,'metadata':null}"),
        good("{'prompt':'p','temperature':0.5,'maxTokens':7}"),
        good("{'prompt':'p','max_tokens':7}"),
        bad("{'prompt':'p','maxTokens':5,'max_tokens':6}"),
        good("{'prompt':'p','temperature':2}"),
        good("{'prompt':'p','maxTokens':50.0,'maxAttempts':3e0}"),
        good("{'prompt':'p','options':{'top_p':0.1,'response_format':{'type':'json_object'}}}"),
        good("{'prompt':'p','stream':true}"),
        good("{'prompt':'p','queue':'gpu','maxAttempts':3}"),
        good("{'prompt':'p','maxAttempts':2147483647}"),
        good("{'prompt':'p','startAt':'2999-01-01T00:00:00+01:00'}"),
        good("{'prompt':'p','startAt':'2999-01-01T00:00:00Z','deadline':'2999-01-02T00:00:00Z'}"),
        good("{'prompt':'p','priority':'high'}"),
        good("{'prompt':'p','metadata':{'priority':'urgent'}}"),
        good("{'prompt':'p','priority':'low','metadata':{'priority':'urgent'}}"),
        good("{'messages':[" + TURN + "]}"),
        good("{'prompt':'label','messages':[" + TURN + "]}"),
        good("{'messages':[" + TURN + ",{'role':'assistant','tool_calls':[{'id':'c'}]}]}"),
        good("{'messages':[{'role':'user','content':[{'type':'text','text':'a'}]}]}"),
        bad("{'model':'m'}"),
        bad("{'prompt':'  '}"),
        bad("{'prompt':' ','messages':[" + TURN + "]}"),
        badJson("{'prompt':''}"),
        badJson("{'prompt':5}"),
        badJson("{'prompt':'half \\ud83d'}"),
        badJson("{'prompt':'nul \\u0000'}"),
        bad("{'prompt':'p','metadata':{'k':'half \\udc00'}}"),
        bad("{'prompt':'p','metadata':{'k':'nul \\u0000'}}"),
        bad("{'prompt':'p','options':{'k':'half \\ud83d'}}"),
        bad("{'messages':[{'role':'user','content':'half \\ud83d'}]}"),
        bad("{'prompt':'" + large + "'}"),
        bad("{'prompt':'p','metadata':{'k':'" + large.substring(0, 65_536) + "'}}"),
        bad("{'prompt':'p','options':{'k':'" + large.substring(0, 65_536) + "'}}"),
        bad("{'messages':[{'role':'user','content':'" + large + "'}]}"),
        bad("{'prompt':'p','metadata':[]}"),
        bad("{'prompt':'p','metadata':{'priority':'soon'}}"),
        bad("{'prompt':'p','priority':'soon'}"),
        bad("{'prompt':'p','temperature':2.1}"),
        bad("{'prompt':'p','temperature':'warm'}"),
        badJson("{'prompt':'p','temperature':'1'}"),
        bad("{'prompt':'p','maxTokens':0}"),
        bad("{'prompt':'p','maxTokens':1.5}"),
        bad("{'prompt':'p','maxTokens':1e999999999}"),
        bad("{'prompt':'p','maxTokens':1e-999999999}"),
        bad("{'prompt':'p','maxTokens':'1d'}"),
        bad("{'prompt':'p','temperature':'0x1'}"),
        bad("{'prompt':'p','temperature':'\\u0661'}"),
        bad("{'prompt':'p','maxTokens':2147483648}"),
        bad("{'prompt':'p','stream':'yes'}"),
        bad("{'prompt':'p','queue':'a/b'}"),
        bad("{'prompt':'p','maxAttempts':0}"),
        bad("{'prompt':'p','startAt':'tomorrow'}"),
        bad("{'prompt':'p','deadline':'2001-01-01T00:00:00Z'}"),
        bad("{'prompt':'p','startAt':'2999-01-01T00:00:00Z','deadline':'2998-01-02T00:00:00Z'}"),
        bad("{'prompt':'p','id':'a/b'}"),
        bad("{'prompt':'p','id':'..'}"),
        bad("{'prompt':'p','id':'con.txt'}"),
        bad("{'prompt':'p','model':'no such'}"),
        bad("{'messages':[]}"),
        bad("{'messages':{}}"),
        bad("{'messages':['hi']}"),
        bad("{'messages':[{'content':'hi'}]}"),
        bad("{'messages':[{'role':'robot','content':'hi'}]}"),
        bad("{'messages':[{'role':'assistant'}]}"),
        bad("{'messages':[{'role':'user','content':7}]}"),
        bad("{'messages':[{'role':'user','content':[{'text':'no type'}]}]}"));
  }

  @BeforeAll
  void start() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    Path spool = directory.resolve("spool");
    SpoolDirectory.prepare(spool);
    baton = Baton.builder(SqlStores.open(directory.resolve("baton.db"))).build();
    server =
        HttpServer.builder()
            .port(0)
            .dialect(
                new RunnerDialect(
                    baton, RunnerSettings.DEFAULT, FileBatches.under(root, Optional.empty())))
            .dialect(
                new BridgeDialect(
                    baton, new BridgeSettings(Duration.ofHours(1), RetryPolicy.DEFAULT, false)))
            .spool(spool)
            .start();
  }

  @AfterAll
  void stop() {
    server.close();
    baton.close();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void everyWay_decidesAndStoresTheSame(Input input) throws Exception {
    String json = input.text();
    List<Map<String, Object>> stored = new ArrayList<>();
    for (Way way : Way.values()) {
      if (!way.says(input)) {
        continue;
      }
      HttpResponse<String> answer = send(way, json);
      assertThat(answer.statusCode() / 100)
          .as("%s: %s", way, answer.body())
          .isEqualTo(input.taken() ? 2 : 4);
      if (input.taken()) {
        stored.add(told(find(way, JSON.readTree(answer.body()))));
      }
    }
    assertThat(stored).as("%s", stored).allMatch(told -> told.equals(stored.get(0)));
  }

  private HttpResponse<String> send(Way way, String json) throws Exception {
    made++;
    return switch (way) {
      case BODY -> post(RUNNER + "/tasks", json);
      case BRIDGE_ONE -> post("/putPrompt", bridge(json));
      case BRIDGE_SEVERAL -> post("/putPrompts", "{\"prompts\":[" + bridge(json) + "]}");
      case INLINE_ROW -> post(RUNNER + "/batches", "{\"tasks\":[" + json + "]}");
      case JSONL_FILE -> file("jsonl", json + "\n");
      case CSV_FILE -> file("csv", csv(json));
      case CSV_TEXT -> post(RUNNER + "/batches", JSON.writeValueAsString(Map.of("csv", csv(json))));
      case JSONL_UPLOAD ->
          client.send(
              at(RUNNER + "/batches")
                  .header("Content-Type", "multipart/form-data; boundary=x")
                  .POST(
                      BodyPublishers.ofString(
                          "--x\r\nContent-Disposition: form-data; name=\"file\";"
                              + " filename=\"r.jsonl\"\r\n\r\n"
                              + json
                              + "\n\r\n--x--\r\n"))
                  .build(),
              BodyHandlers.ofString());
    };
  }

  /** The same under the names that the bridge has, in the queue that the others mean. */
  private static String bridge(String json) {
    String named = json.replace("\"metadata\":", "\"meta\":").replace("\"id\":", "\"taskId\":");
    return named.contains("\"queue\":")
        ? named
        : named.substring(0, named.length() - 1) + ",\"queue\":\"default\"}";
  }

  private HttpResponse<String> file(String ending, String text) throws Exception {
    String name = "rows" + made + "." + ending;
    Files.writeString(root.resolve(name), text);
    return post(RUNNER + "/batches", "{\"inputFile\":\"" + name + "\"}");
  }

  /** A header and one record that say the same. */
  private static String csv(String json) throws JsonProcessingException {
    List<String> names = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : JSON.readTree(json).properties()) {
      JsonNode value = member.getValue();
      String cell = value.isNull() ? "" : value.isTextual() ? value.textValue() : raw(json, member);
      names.add(member.getKey());
      cells.add('"' + cell.replace("\"", "\"\"") + '"');
    }
    if (!names.contains("prompt") && !names.contains("messages")) {
      names.add("prompt");
      cells.add("");
    }
    return String.join(",", names) + "\r\n" + String.join(",", cells) + "\r\n";
  }

  /** The text of a member, its escapes and all. */
  private static String raw(String json, Map.Entry<String, JsonNode> member)
      throws JsonProcessingException {
    if (!member.getValue().isContainerNode()) {
      return member.getValue().asText();
    }
    String name = '"' + member.getKey() + "\":";
    String from = json.substring(json.indexOf(name) + name.length());
    for (int end = from.length(); end > 0; end--) {
      char last = from.charAt(end - 1);
      if (last == '}' || last == ']') {
        String part = from.substring(0, end);
        try {
          if (JSON.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(part)
              .equals(member.getValue())) {
            return part;
          }
        } catch (JsonProcessingException e) {
          // Too long: the end of the object around it.
        }
      }
    }
    throw new AssertionError(json);
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return client.send(
        at(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private Task find(Way way, JsonNode answer) {
    TaskId task =
        switch (way) {
          case BODY -> new TaskId(answer.at("/data/id").asText());
          case BRIDGE_ONE -> new TaskId(answer.at("/taskId").asText());
          case BRIDGE_SEVERAL -> new TaskId(answer.at("/tasks/0/taskId").asText());
          case INLINE_ROW, JSONL_FILE, JSONL_UPLOAD, CSV_FILE, CSV_TEXT ->
              ofBatch(new BatchId(answer.at("/data/id").asText()));
        };
    return Baton.await(baton.tasks().find(TenantId.DEFAULT, task)).orElseThrow();
  }

  private TaskId ofBatch(BatchId batch) {
    return Baton.await(baton.batches().outcomes(TenantId.DEFAULT, batch, 0, 1)).get(0).row().id();
  }

  /** All that was said of it, with JSON as what it means. */
  private static Map<String, Object> told(Task task) throws JsonProcessingException {
    Parameters parameters = task.prompt().parameters();
    Terms terms = task.row().terms();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("prompt", task.prompt().text());
    told.put("metadata", JSON.readTree(task.prompt().metadata().json()));
    told.put("options", JSON.readTree(parameters.options().json()));
    told.put(
        "messages",
        JSON.readTree(parameters.messages().map(messages -> messages.json()).orElse("null")));
    told.put("temperature", parameters.temperature());
    told.put("maxTokens", parameters.maxTokens());
    told.put("stream", parameters.stream());
    told.put("model", terms.model());
    told.put("priority", terms.priority());
    told.put("queue", terms.queue());
    told.put("retry", terms.retry());
    told.put("deadline", terms.deadline());
    told.put("startAt", task.row().leaseState().startAt());
    return told;
  }
}
