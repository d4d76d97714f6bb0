package dev.baton.http.in.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.http.in.api.Background;
import dev.baton.http.in.api.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/**
 * Swagger UI from the jar on the class path: nothing is fetched from elsewhere, and no script
 * stands in the page, so the strictest content policy holds. Thread-safe.
 */
final class SwaggerUi {
  static final Map<String, String> SAFE =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer");

  private static final String JAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final String POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  // Written by us, because the page in the jar loads its own demonstration.
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Baton</title>
          <meta name="color-scheme" content="light dark">
          <link rel="stylesheet" href="docs/swagger-ui.css">
          <link rel="stylesheet" href="docs/page.css">
          <link rel="icon" type="image/png" href="docs/favicon.png">
        </head>
        <body>
          <div id="swagger-ui"></div>
          <script src="docs/swagger-ui-bundle.js"></script>
          <script src="docs/start.js"></script>
        </body>
      </html>
      """;

  // No validator: it would send the address of this server to a stranger.
  private static final String START =
      """
      const dark = matchMedia("(prefers-color-scheme: dark)");
      const dress = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
      dark.addEventListener("change", dress);
      dress();
      SwaggerUIBundle({
        url: "openapi.json",
        dom_id: "#swagger-ui",
        deepLinking: true,
        validatorUrl: null
      });
      """;

  /** Of a telephone's width: paths wrap, and tables scroll within themselves. */
  private static final String NARROW =
      """
      body { margin: 0; }
      @media (max-width: 640px) {
        .swagger-ui .wrapper, .swagger-ui .scheme-container .schemes { padding: 0 8px; }
        .swagger-ui .info { margin: 16px 0; }
        .swagger-ui .info .title { font-size: 26px; }
        .swagger-ui .opblock .opblock-summary { flex-wrap: wrap; }
        .swagger-ui .opblock .opblock-summary-path {
          max-width: 100%; overflow-wrap: anywhere; word-break: normal;
        }
        .swagger-ui .opblock .opblock-summary-description { flex-basis: 100%; padding: 4px 0; }
        .swagger-ui .opblock .opblock-section-header { flex-wrap: wrap; }
        .swagger-ui table, .swagger-ui .model-box { display: block; overflow-x: auto; }
        .swagger-ui .parameters-col_name { min-width: 8em; }
        .swagger-ui .markdown p, .swagger-ui .renderedMarkdown p { overflow-wrap: anywhere; }
        .swagger-ui select, .swagger-ui input, .swagger-ui textarea { max-width: 100%; }
      }
      """;

  Reply page() {
    return Reply.bytes(200, HTML, PAGE.getBytes(UTF_8)).withHeaders(SAFE);
  }

  Reply start() {
    return Reply.bytes(200, SCRIPT, START.getBytes(UTF_8)).withHeaders(SAFE);
  }

  Reply bundle() {
    return file("swagger-ui-bundle.js", SCRIPT);
  }

  Reply style() {
    return file("swagger-ui.css", "text/css; charset=utf-8");
  }

  Reply narrow() {
    return Reply.bytes(200, "text/css; charset=utf-8", NARROW.getBytes(UTF_8)).withHeaders(SAFE);
  }

  Reply icon() {
    return file("favicon-32x32.png", "image/png");
  }

  /** Reading from a jar is I/O, so it is done elsewhere; browsers come back for it once a day. */
  private static Reply file(String name, String type) {
    return Background.reply(() -> Reply.bytes(200, type, read(JAR + version() + name)))
        .withHeaders(SAFE)
        .withHeader("Cache-Control", "public, max-age=86400");
  }

  private static String version() {
    Properties pom = new Properties();
    try (InputStream input = open(POM)) {
      pom.load(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pom.getProperty("version") + "/";
  }

  private static byte[] read(String resource) {
    try (InputStream input = open(resource)) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String resource) {
    InputStream input = SwaggerUi.class.getResourceAsStream(resource);
    if (input == null) {
      throw new IllegalStateException("not packaged: " + resource);
    }
    return input;
  }
}
