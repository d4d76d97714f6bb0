package dev.baton.http.in.openapi;

import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Route;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes the route table as an OpenAPI document: plain maps, ready to be encoded. Nothing is said
 * of a route anywhere else, so the document cannot differ from what is served.
 */
final class OpenApiDocument {
  private final ApiInfo info;
  private final OpenApiVersion version;

  OpenApiDocument(ApiInfo info, OpenApiVersion version) {
    this.info = info;
    this.version = version;
  }

  /**
   * The document of all routes of these dialects.
   *
   * @param server their base URL
   */
  Map<String, Object> whole(Collection<Dialect> dialects, String server) {
    Map<String, Object> document = write(dialects, Optional::of, server);
    RequestNulls.allow(document);
    return inVersion(document);
  }

  /** The document of some routes, for an editor to which null is no type. */
  Map<String, Object> slice(
      Collection<Dialect> dialects, Function<Route, Optional<Route>> chosen, String server) {
    return inVersion(write(dialects, chosen, server));
  }

  private Map<String, Object> inVersion(Map<String, Object> document) {
    return version == OpenApiVersion.V3_1 ? document : Downgrade.of(document);
  }

  private Map<String, Object> write(
      Collection<Dialect> dialects, Function<Route, Optional<Route>> chosen, String server) {
    DocumentComponents components = new DocumentComponents();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    Set<String> tags = new LinkedHashSet<>();
    for (Dialect dialect : dialects) {
      for (Route route :
          dialect.routes().stream().flatMap(r -> chosen.apply(r).stream()).toList()) {
        paths
            .computeIfAbsent(route.pattern(), path -> new LinkedHashMap<>())
            .put(
                route.method().toLowerCase(Locale.ROOT),
                new OperationWriter(dialect, route, components).write());
        tags.addAll(OperationWriter.tags(dialect, route));
      }
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", version.number());
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", server)));
    document.put("security", List.of());
    document.put("tags", tags.stream().map(OpenApiDocument::tag).toList());
    document.put("paths", paths);
    document.put("components", components.written());
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
}
