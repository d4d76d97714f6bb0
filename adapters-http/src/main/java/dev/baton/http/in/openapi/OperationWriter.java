package dev.baton.http.in.openapi;

import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.api.Schemas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes one route as an operation. Used once. */
final class OperationWriter {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private final Dialect dialect;
  private final Route route;
  private final DocumentComponents components;

  OperationWriter(Dialect dialect, Route route, DocumentComponents components) {
    this.dialect = dialect;
    this.route = route;
    this.components = components;
  }

  static List<String> tags(Dialect dialect, Route route) {
    List<String> tags = route.doc().tags();
    return tags.isEmpty() ? List.of(dialect.name()) : tags;
  }

  Map<String, Object> write() {
    RouteDoc doc = route.doc();
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", doc.operationId());
    operation.put("summary", doc.summary());
    operation.put("description", doc.description());
    operation.put("tags", tags(dialect, route));
    if (!route.permission().isOpen()) {
      operation.put("x-permission", route.permission().name());
    }
    List<Map<String, Object>> parameters = parameters();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    RouteDoc.Body body = doc.body();
    if (body != null) {
      operation.put("requestBody", body(body));
    }
    operation.put("responses", responses());
    return operation;
  }

  private Map<String, Object> body(RouteDoc.Body body) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("application/json", media(body.schema(), body.example()));
    Map<String, Object> form = body.form();
    if (form != null) {
      content.put("multipart/form-data", media(form, null));
    }
    return Map.of("required", body.required(), "content", content);
  }

  private Map<String, Object> media(Map<String, Object> schema, @Nullable Object example) {
    Map<String, Object> media = new LinkedHashMap<>();
    media.put("schema", components.resolved(schema));
    if (example != null) {
      media.put("example", example);
    }
    return media;
  }

  private List<Map<String, Object>> parameters() {
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
      String component = given.component();
      parameters.put(
          given.in() + " " + given.name(),
          component == null
              ? parameter(given)
              : components.shared("parameters", component, () -> parameter(given)));
    }
    return List.copyOf(parameters.values());
  }

  private Map<String, Object> parameter(RouteDoc.Parameter given) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", given.name());
    parameter.put("in", given.in());
    parameter.put("description", given.description());
    parameter.put("required", given.required());
    parameter.put("schema", components.resolved(given.schema()));
    return parameter;
  }

  private Map<String, Object> responses() {
    Map<String, Object> responses = new LinkedHashMap<>();
    dialect
        .sharedRefusals()
        .answers(route)
        .forEach((status, answer) -> responses.put(status.toString(), response(answer)));
    return responses;
  }

  private Map<String, Object> response(RouteDoc.Answer answer) {
    String component = answer.component();
    return component == null
        ? inline(answer)
        : components.shared("responses", component, () -> inline(answer));
  }

  private Map<String, Object> inline(RouteDoc.Answer answer) {
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("description", answer.description());
    Map<String, Object> schema = answer.schema();
    if (schema != null) {
      Map<String, Object> content = new LinkedHashMap<>();
      answer.contentTypes().forEach(type -> content.put(type, media(schema, null)));
      response.put("content", content);
    }
    return response;
  }
}
