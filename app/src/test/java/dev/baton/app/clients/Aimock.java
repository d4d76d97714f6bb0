package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stand-in for providers that others wrote, in a process of its own. It answers by {@code
 * fixtures.json}, misbehaves when it is told to, and keeps a journal of what it was asked.
 */
final class Aimock implements AutoCloseable {
  private static final Path SOURCE = Path.of("src/test/npm");
  private static final Path INSTALLED = Path.of("target/npm");
  private static final Pattern LISTENS = Pattern.compile(".*(http://127\\.0\\.0\\.1:\\d+).*");
  private static final int INSTALL_SECONDS = 300;

  private final Process process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  private Aimock(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Installs what {@code package-lock.json} names, unless it is there, and starts it. */
  static Aimock start() throws IOException, InterruptedException {
    install();
    Process process =
        new ProcessBuilder(
                "node",
                INSTALLED.resolve("node_modules/@copilotkit/aimock/dist/cli.js").toString(),
                "--port",
                "0",
                "--fixtures",
                SOURCE.resolve("fixtures.json").toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader(UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher listens = LISTENS.matcher(line);
      if (listens.matches()) {
        drain(lines);
        return new Aimock(process, URI.create(listens.group(1)));
      }
    }
    throw new IllegalStateException("aimock does not start: " + said);
  }

  private static void drain(BufferedReader lines) {
    Thread reader = new Thread(() -> lines.lines().forEach(line -> {}), "aimock-output");
    reader.setDaemon(true);
    reader.start();
  }

  private static void install() throws IOException, InterruptedException {
    Path lock = INSTALLED.resolve("package-lock.json");
    Path done = INSTALLED.resolve("node_modules/.package-lock.json");
    if (Files.exists(done) && Files.mismatch(SOURCE.resolve("package-lock.json"), lock) < 0) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String name : List.of("package.json", "package-lock.json", "ask.mjs")) {
      Files.copy(
          SOURCE.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    run(
        INSTALL_SECONDS,
        List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"));
  }

  /** Runs a program where the packages are, and returns what it printed. */
  private static String run(int seconds, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command.get(0) + " failed: " + output);
    }
    return output;
  }

  /** Asks by OpenAI's own client. */
  JsonNode askOfficially(String questions) throws IOException, InterruptedException {
    Files.copy(
        SOURCE.resolve("ask.mjs"),
        INSTALLED.resolve("ask.mjs"),
        StandardCopyOption.REPLACE_EXISTING);
    return new ObjectMapper()
        .readTree(run(60, List.of("node", "ask.mjs", base().toString(), questions)));
  }

  /** Of the API. */
  URI base() {
    return url.resolve("/v1");
  }

  /** Whether it answers everything with 429. */
  void refuse(boolean all) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/__aimock/chaos"));
    send(
        all
            ? request.POST(HttpRequest.BodyPublishers.ofString("{\"rateLimitRate\":1}")).build()
            : request.DELETE().build());
  }

  /** The calls so far that hold these words. */
  List<JsonNode> calls(String words) throws IOException, InterruptedException {
    JsonNode journal =
        new ObjectMapper()
            .readTree(send(HttpRequest.newBuilder(url.resolve("/__aimock/journal")).GET().build()));
    List<JsonNode> calls = new ArrayList<>();
    for (JsonNode entry : journal) {
      if (entry.path("body").path("messages").toString().contains(words)) {
        calls.add(entry);
      }
    }
    return calls;
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
