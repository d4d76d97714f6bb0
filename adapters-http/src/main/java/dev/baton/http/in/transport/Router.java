package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Query;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.TransportRefusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Literal paths by hash, patterns segment by segment; nothing is
 * normalised, so {@code ..} and {@code //} are names like any other and found nowhere. Immutable.
 */
public final class Router {

  /** Where a request leads: to a route, or to an answer without one. */
  public sealed interface Outcome {}

  public record Found(Dialect dialect, Route route, Map<String, String> pathParameters)
      implements Outcome {}

  public record Answered(Reply reply) implements Outcome {}

  private final Map<String, Map<String, Found>> literal = new HashMap<>();
  private final List<Pattern> patterns = new ArrayList<>();
  private final List<Dialect> claims = new ArrayList<>();

  public Router(Collection<? extends Dialect> dialects) {
    for (Dialect dialect : dialects) {
      dialect.routes().forEach(route -> add(dialect, route));
      if (!dialect.prefix().isEmpty()) {
        claims.add(dialect);
      }
    }
  }

  public Outcome find(String method, String path) {
    Map<String, Found> methods = literal.get(path);
    if (methods != null) {
      Found found = methods.get(method);
      return found != null ? found : otherMethod(method, methods);
    }
    for (Pattern pattern : patterns) {
      String[] segments = path.split("/", -1);
      if (pattern.matches(segments)) {
        Found found = pattern.methods.get(method);
        return found != null
            ? pattern.bound(found, segments)
            : otherMethod(method, pattern.methods);
      }
    }
    return new Answered(
        method.equals("OPTIONS") && path.equals("*") ? serverOptions() : none(path));
  }

  private void add(Dialect dialect, Route route) {
    Map<String, Found> methods = methodsOf(route.pattern());
    put(methods, route.method(), new Found(dialect, route, Map.of()));
    if (route.options().head()) {
      put(methods, "HEAD", new Found(dialect, route, Map.of()));
    }
  }

  private static void put(Map<String, Found> methods, String method, Found found) {
    if (methods.put(method, found) != null) {
      throw new IllegalStateException("two routes: " + method + " " + found.route().pattern());
    }
  }

  private Map<String, Found> methodsOf(String path) {
    if (path.indexOf('{') < 0) {
      return literal.computeIfAbsent(path, unknown -> new TreeMap<>());
    }
    for (Pattern pattern : patterns) {
      if (pattern.text.equals(path)) {
        return pattern.methods;
      }
    }
    Pattern added = new Pattern(path);
    patterns.add(added);
    return added.methods;
  }

  private static Outcome otherMethod(String method, Map<String, Found> methods) {
    String allow = String.join(", ", methods.keySet()) + ", OPTIONS";
    if (method.equals("OPTIONS")) {
      return new Answered(Reply.noContent().withHeader("Allow", allow));
    }
    Dialect dialect = methods.values().iterator().next().dialect();
    Reply refusal =
        dialect.refusal(new BatonException(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed"));
    return new Answered(refusal.withHeader("Allow", allow));
  }

  private Reply none(String path) {
    BatonException refused = new BatonException(ErrorCode.NOT_FOUND, "Not Found");
    return claimed(path)
        .map(dialect -> dialect.refusal(refused))
        .orElseGet(() -> Reply.json(404, Map.of("detail", "Not Found")));
  }

  /** Who answers for a path that leads to no route: the dialect of the longest such prefix. */
  Optional<Dialect> claimed(String path) {
    return claims.stream()
        .filter(dialect -> path.startsWith(dialect.prefix()))
        .max((a, b) -> Integer.compare(a.prefix().length(), b.prefix().length()));
  }

  private static Reply serverOptions() {
    return Reply.noContent().withHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }

  /** A path with names in it; a literal segment is stored as it is, a name as null. */
  private static final class Pattern {
    private final String text;
    private final @Nullable String[] literals;
    private final String[] names;
    private final Map<String, Found> methods = new TreeMap<>();

    private Pattern(String text) {
      this.text = text;
      names = text.split("/", -1);
      literals = names.clone();
      for (int i = 0; i < names.length; i++) {
        if (names[i].startsWith("{")) {
          literals[i] = null;
          names[i] = names[i].substring(1, names[i].length() - 1);
        }
      }
    }

    private boolean matches(String[] segments) {
      if (segments.length != literals.length) {
        return false;
      }
      for (int i = 0; i < segments.length; i++) {
        String literal = literals[i];
        boolean same = literal == null ? isName(segments[i]) : literal.equals(segments[i]);
        if (!same) {
          return false;
        }
      }
      return true;
    }

    private static boolean isName(String segment) {
      return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }

    private Found bound(Found found, String[] segments) {
      Map<String, String> parameters = new HashMap<>();
      for (int i = 0; i < segments.length; i++) {
        if (literals[i] == null) {
          parameters.put(names[i], decoded(segments[i]));
        }
      }
      return new Found(found.dialect(), found.route(), parameters);
    }

    private static String decoded(String segment) {
      String value = Query.percentDecoded(segment).orElse("/");
      // A slash that hides in a segment means something else to every proxy on the way.
      if (value.indexOf('/') >= 0) {
        throw new TransportRefusal(400, "MALFORMED_PATH", "an encoded slash in the path");
      }
      return value;
    }
  }
}
