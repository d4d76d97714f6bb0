package dev.baton.app.clients;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.app.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page {@code /docs} in a real browser, of a telephone's width and in the dark. */
final class DocsPageTest {
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path directory;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private int asked;

  @Test
  void page_offersAFile_andReadsOnATelephoneInTheDark() throws Exception {
    try (Node node = Served.node(directory, Map.of(), Served.anywhere(directory));
        Browser browser = Browser.open(URI.create("about:blank"), directory)) {
      WebSocket page = connect(browser);
      ask(page, "Log.enable", "{}");
      ask(page, "Runtime.enable", "{}");
      ask(
          page,
          "Emulation.setDeviceMetricsOverride",
          "{\"width\":390,\"height\":800,\"deviceScaleFactor\":1,\"mobile\":true}");
      ask(
          page,
          "Emulation.setEmulatedMedia",
          "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"dark\"}]}");
      ask(page, "Page.navigate", "{\"url\":\"" + node.url().resolve("/docs") + "\"}");

      until(page, "document.querySelectorAll('.opblock').length > 50");
      until(page, "document.documentElement.scrollWidth <= 390");
      assertThat(evaluate(page, "getComputedStyle(document.body).backgroundColor").asText())
          .doesNotContain("255, 255, 255");
      click(page, "[id$=createBatch] .opblock-summary-control");
      click(page, "[id$=createBatch] .try-out__btn");
      until(
          page,
          "(() => { const s = document.querySelector('[id$=createBatch] .body-param-content-type"
              + " select, [id$=createBatch] select.content-type'); if (!s) return false;"
              + " Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set"
              + ".call(s, 'multipart/form-data');"
              + " s.dispatchEvent(new Event('change', {bubbles: true})); return true; })()");
      until(page, "document.querySelector('[id$=createBatch] input[type=file]') !== null");
      until(page, "document.documentElement.scrollWidth <= 390");
      assertThat(received)
          .filteredOn(
              said ->
                  said.path("method").asText().equals("Runtime.exceptionThrown")
                      || said.at("/params/entry/level").asText().equals("error")
                      || said.at("/params/type").asText().equals("error"))
          .isEmpty();
    }
  }

  private void click(WebSocket page, String selector) throws Exception {
    String found = "document.querySelector('" + selector + "')";
    until(page, found + " !== null");
    evaluate(page, found + ".click()");
  }

  private void until(WebSocket page, String condition) {
    await(condition).atMost(30, SECONDS).until(() -> evaluate(page, condition).asBoolean());
  }

  private JsonNode evaluate(WebSocket page, String expression) throws Exception {
    String text = MAPPER.writeValueAsString(expression);
    return ask(page, "Runtime.evaluate", "{\"returnByValue\":true,\"expression\":" + text + "}")
        .at("/result/result/value");
  }

  /** The answer; what the page says meanwhile stays in {@link #received}. */
  private JsonNode ask(WebSocket page, String method, String parameters) throws Exception {
    int id = ++asked;
    page.sendText(
            "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
        .get(10, SECONDS);
    await(method)
        .atMost(30, SECONDS)
        .until(() -> received.stream().anyMatch(said -> said.path("id").asInt() == id));
    return received.stream()
        .filter(said -> said.path("id").asInt() == id)
        .findFirst()
        .orElseThrow();
  }

  private WebSocket connect(Browser browser) throws Exception {
    Matcher listening =
        await("a browser")
            .atMost(30, SECONDS)
            .until(() -> LISTENING.matcher(browser.log()), Matcher::find);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + listening.group(1) + "/json/list")).build();
    HttpClient client = HttpClient.newHttpClient();
    JsonNode pages =
        MAPPER.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    URI url = URI.create(pages.get(0).get("webSocketDebuggerUrl").asText());
    return client.newWebSocketBuilder().buildAsync(url, new Messages()).get(10, SECONDS);
  }

  /** Puts messages together from their pieces. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence piece, boolean last) {
      text.append(piece);
      socket.request(1);
      if (last) {
        try {
          received.add(MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        text.setLength(0);
      }
      return CompletableFuture.completedFuture(null);
    }
  }
}
