package dev.baton.http.in.openapi;

import static dev.baton.http.in.api.FieldErrors.invalid;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.FieldErrors;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import dev.baton.http.in.api.TransportRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /openapi.json}, its slice for a Custom GPT, and {@code /docs}. Documents are written when
 * they are asked for. Thread-safe.
 */
public final class DocsDialect implements Dialect {
  // Seed 1 calls itself the integration API.
  private static final Map<String, String> OTHER_NAMES = Map.of("integration", "bridge");

  private final List<Dialect> dialects;
  private final ApiInfo info;
  private final SwaggerUi swagger = new SwaggerUi();
  private final List<Route> routes;

  /** Describes these dialects, and itself. */
  public DocsDialect(List<Dialect> others, ApiInfo info) {
    this.info = requireNonNull(info, "info");
    this.routes = createRoutes();
    this.dialects = new ArrayList<>(others);
    dialects.add(this);
  }

  @Override
  public String name() {
    return "docs";
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public Reply refusal(BatonException refused) {
    return TransportRefusals.plain(refused);
  }

  /** The whole document, as {@code /openapi.json} serves it. */
  public Map<String, Object> document(OpenApiVersion version) {
    return new OpenApiDocument(info, version).whole(dialects, server());
  }

  /**
   * The document of one dialect's routes, or of all.
   *
   * @throws FieldErrors if there is no dialect of this name
   */
  public Map<String, Object> document(OpenApiVersion version, Optional<String> dialect) {
    if (dialect.isEmpty()) {
      return document(version);
    }
    String wanted = OTHER_NAMES.getOrDefault(dialect.get(), dialect.get());
    List<Dialect> chosen = dialects.stream().filter(known -> known.name().equals(wanted)).toList();
    if (chosen.isEmpty()) {
      throw invalid("No dialect of this name", "enum", "query", "dialect");
    }
    return new OpenApiDocument(info, version).whole(chosen, server());
  }

  private Reply openApi(Request request) {
    Optional<String> dialect = request.queryString("dialect").filter(name -> !name.isEmpty());
    return Reply.ok(document(version(request), dialect));
  }

  private static OpenApiVersion version(Request request) {
    return request
        .queryString("version")
        .map(
            number ->
                OpenApiVersion.of(number)
                    .orElseThrow(
                        () ->
                            invalid(
                                "Input should be '3.1.0' or '3.0.3'", "enum", "query", "version")))
        .orElse(OpenApiVersion.V3_1);
  }

  /** An action needs an absolute address; the one it was asked for under is the best guess. */
  private Reply gptAction(Request request) {
    String server =
        info.publicUrl().orElseGet(() -> "http://" + request.header("Host").orElse("localhost"));
    OpenApiDocument writer = new OpenApiDocument(info, version(request));
    return Reply.ok(GptAction.document(writer, dialects, server));
  }

  private String server() {
    return info.publicUrl().orElse("/");
  }

  private List<Route> createRoutes() {
    return List.of(
        Route.get("/openapi.json", Permission.OPEN, this::openApi, openApiDoc()).withHead(),
        Route.get("/openapi-gpt.json", Permission.OPEN, this::gptAction, gptDoc()).withHead(),
        file("/docs", "docs", "text/html", SwaggerUi::page),
        file("/docs/start.js", "docsStart", "text/javascript", SwaggerUi::start),
        file("/docs/swagger-ui-bundle.js", "docsBundle", "text/javascript", SwaggerUi::bundle),
        file("/docs/swagger-ui.css", "docsStyle", "text/css", SwaggerUi::style),
        file("/docs/page.css", "docsPageStyle", "text/css", SwaggerUi::narrow),
        file("/docs/favicon.png", "docsIcon", "image/png", SwaggerUi::icon));
  }

  private Route file(
      String path, String operationId, String type, Function<SwaggerUi, Reply> reply) {
    RouteDoc doc =
        RouteDoc.of(operationId, "Part of the interactive documentation.")
            .tag("documentation")
            .answer(200, new RouteDoc.Answer("The file.", Schemas.string("Its content."), type))
            .build();
    return Route.get(path, Permission.OPEN, request -> reply.apply(swagger), doc).withHead();
  }

  private static RouteDoc openApiDoc() {
    return RouteDoc.of("openapi", "This API as an OpenAPI document.")
        .tag("documentation")
        .query("version", "3.1.0, the default, or 3.0.3.", Schemas.string("The OpenAPI version."))
        .query("dialect", "Only the routes of this dialect.", Schemas.string("Its name."))
        .answer(200, "The document.", Schemas.anyObject("OpenAPI."))
        .build();
  }

  private static RouteDoc gptDoc() {
    return RouteDoc.of("openapiGpt", "The part of this API that a Custom GPT's action needs.")
        .description(
            "To be imported as an action. It names the configured public URL, which has to be"
                + " https for a GPT to reach it.")
        .tag("documentation")
        .query("version", "3.1.0, the default, or 3.0.3.", Schemas.string("The OpenAPI version."))
        .answer(200, "The document.", Schemas.anyObject("OpenAPI."))
        .build();
  }
}
