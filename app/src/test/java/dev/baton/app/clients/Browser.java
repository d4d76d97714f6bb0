package dev.baton.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Chromium without a screen, which has opened one page. Not thread-safe. */
final class Browser implements AutoCloseable {
  private static final Path SOURCE = Path.of("src/test/browser");
  private static final Path INSTALLED = Path.of("target/browser").toAbsolutePath();
  private static final int INSTALL_SECONDS = 300;
  private static final String UNPACK =
      "process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';"
          + "const browser = (await import('@sparticuz/chromium')).default;"
          + "console.log(await browser.executablePath());";

  private final Process process;
  private final Path log;

  private Browser(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Opens a page.
   *
   * @param directory where the browser keeps its profile
   */
  static Browser open(URI page, Path directory) throws IOException, InterruptedException {
    Path program = installed();
    Path log = directory.resolve("browser.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "--headless=shell",
            "--no-sandbox",
            "--disable-gpu",
            "--single-process",
            "--no-zygote",
            "--remote-debugging-port=0",
            "--user-data-dir=" + directory.resolve("profile"),
            page.toString());
    builder.environment().put("LD_LIBRARY_PATH", program.resolveSibling("al2023/lib").toString());
    return new Browser(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** The program, unpacked by the package that brings it. */
  private static Path installed() throws IOException, InterruptedException {
    Path program = INSTALLED.resolve("tmp/chromium");
    if (!Files.exists(program)) {
      Files.createDirectories(INSTALLED.resolve("tmp"));
      for (String name : List.of("package.json", "package-lock.json")) {
        Files.copy(
            SOURCE.resolve(name), INSTALLED.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
      run("node", "--input-type=module", "-e", UNPACK);
    }
    return program;
  }

  private static void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(INSTALLED.toFile());
    builder.environment().put("TMPDIR", INSTALLED.resolve("tmp").toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command[0] + " failed: " + said);
    }
  }

  /** What the browser said. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
