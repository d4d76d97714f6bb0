package dev.baton.http.in.openapi;

import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the route table as an OpenAPI document: plain maps, ready to be encoded. Nothing is said
 * of a route anywhere else, so the document cannot differ from what is served.
 */
final class OpenApiDocument {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final Map<String, Object> DETAIL =
      Schemas.object(
          Map.of(
              "detail", Schemas.string("What is wrong."),
              "code", Schemas.string("The same for programs.")),
          List.of("detail"));

  private final ApiInfo info;
  private final OpenApiVersion version;

  OpenApiDocument(ApiInfo info, OpenApiVersion version) {
    this.info = info;
    this.version = version;
  }

  /** The document of these dialects' routes that pass; {@code server} is their base URL. */
  Map<String, Object> of(Collection<Dialect> dialects, Predicate<Route> wanted, String server) {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    Set<String> tags = new LinkedHashSet<>();
    for (Dialect dialect : dialects) {
      for (Route route : dialect.routes()) {
        if (wanted.test(route)) {
          paths
              .computeIfAbsent(route.pattern(), path -> new LinkedHashMap<>())
              .put(route.method().toLowerCase(Locale.ROOT), operation(dialect, route));
          tags.addAll(tags(dialect, route));
        }
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", version.number());
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", server)));
    document.put("security", List.of());
    document.put("tags", tags.stream().map(OpenApiDocument::tag).toList());
    document.put("paths", paths);
    return document;
  }

  private Map<String, Object> info() {
    Map<String, Object> license = new LinkedHashMap<>();
    license.put("name", "Apache-2.0");
    if (version == OpenApiVersion.V3_1) {
      license.put("identifier", "Apache-2.0");
    } else {
      license.put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("title", "Baton");
    all.put("version", info.version());
    all.put("description", "A durable work server for LLM prompts.");
    all.put("contact", Map.of("name", "Baton"));
    all.put("license", license);
    return all;
  }

  private static Map<String, Object> tag(String name) {
    return Map.of("name", name, "description", "The " + name + " routes.");
  }

  private static List<String> tags(Dialect dialect, Route route) {
    List<String> tags = route.doc().tags();
    return tags.isEmpty() ? List.of(dialect.name()) : tags;
  }

  private static Map<String, Object> operation(Dialect dialect, Route route) {
    RouteDoc doc = route.doc();
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", doc.operationId());
    operation.put("summary", doc.summary());
    operation.put("description", doc.description());
    operation.put("tags", tags(dialect, route));
    List<Map<String, Object>> parameters = parameters(route);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    RouteDoc.Body body = doc.body();
    if (body != null) {
      Map<String, Object> media = new LinkedHashMap<>();
      media.put("schema", body.schema());
      if (body.example() != null) {
        media.put("example", body.example());
      }
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("application/json", media);
      Map<String, Object> form = body.form();
      if (form != null) {
        content.put("multipart/form-data", Map.of("schema", form));
      }
      operation.put("requestBody", Map.of("required", body.required(), "content", content));
    }
    operation.put("responses", responses(doc));
    return operation;
  }

  private static List<Map<String, Object>> parameters(Route route) {
    Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();
    Matcher names = NAME.matcher(route.pattern());
    while (names.find()) {
      String name = names.group(1);
      Map<String, Object> schema = Schemas.string("The " + name + " in the path.");
      parameters.put(
          "path " + name,
          parameter(new RouteDoc.Parameter(name, "path", "The " + name + ".", true, schema)));
    }
    for (RouteDoc.Parameter given : route.doc().parameters()) {
      parameters.put(given.in() + " " + given.name(), parameter(given));
    }
    return List.copyOf(parameters.values());
  }

  private static Map<String, Object> parameter(RouteDoc.Parameter given) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", given.name());
    parameter.put("in", given.in());
    parameter.put("description", given.description());
    parameter.put("required", given.required());
    parameter.put("schema", given.schema());
    return parameter;
  }

  private static Map<String, Object> responses(RouteDoc doc) {
    Map<String, Object> responses = new LinkedHashMap<>();
    doc.answers().forEach((status, answer) -> responses.put(status.toString(), response(answer)));
    boolean refuses = doc.answers().keySet().stream().anyMatch(s -> s >= 400 && s < 500);
    if (!refuses) {
      responses.put(
          "400",
          response(
              new RouteDoc.Answer("The request is malformed.", DETAIL, null, "application/json")));
    }
    return responses;
  }

  private static Map<String, Object> response(RouteDoc.Answer answer) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", answer.description());
    Map<String, Object> schema = answer.schema();
    if (schema != null) {
      Map<String, Object> media = new LinkedHashMap<>();
      media.put("schema", schema);
      if (answer.example() != null) {
        media.put("example", answer.example());
      }
      Map<String, Object> content = new LinkedHashMap<>();
      answer.contentTypes().forEach(type -> content.put(type, media));
      response.put("content", content);
    }
    return response;
  }
}
