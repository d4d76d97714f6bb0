package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request among those of all dialects, in one tree of path segments; a literal
 * segment goes before a name. Nothing is normalised, so {@code ..} and {@code //} are segments like
 * any other and found nowhere. Immutable, thread-safe.
 */
public final class Router {

  /** Where a request leads: to a route, or to an answer without one. */
  public sealed interface Outcome {}

  /** A route, whose dialect puts its refusals. */
  public record Found(Dialect dialect, Route route, Map<String, String> pathParameters)
      implements Outcome {}

  /** An answer without a handler: not found, another method, or OPTIONS. */
  public record Answered(Reply reply) implements Outcome {}

  private final Node root = new Node();
  private final List<Dialect> claims = new ArrayList<>();

  /**
   * The routes of these dialects.
   *
   * @throws IllegalStateException if two routes have the same method and the same pattern, names of
   *     parameters aside
   */
  public Router(Collection<? extends Dialect> dialects) {
    for (Dialect dialect : dialects) {
      dialect.routes().forEach(route -> add(dialect, dialect.strictness().around(route)));
      if (!dialect.prefix().isEmpty()) {
        claims.add(dialect);
      }
    }
  }

  /**
   * Where this request leads; the path as it was sent, not decoded.
   *
   * @throws TransportRefusal if the path of a route has an encoded slash or a malformed escape
   */
  public Outcome find(String method, String path) {
    String[] segments = path.split("/", -1);
    Node node = path.startsWith("/") ? root.find(segments, 1) : null;
    if (node == null) {
      return new Answered(
          method.equals("OPTIONS") && path.equals("*") ? serverOptions() : none(path));
    }
    Target target = node.methods.get(method);
    return target != null ? target.found(segments) : otherMethod(method, node.methods);
  }

  /** Who answers for a path that leads to no route: the dialect of the longest such prefix. */
  public Optional<Dialect> claimed(String path) {
    return claims.stream()
        .filter(dialect -> path.startsWith(dialect.prefix()))
        .max((a, b) -> Integer.compare(a.prefix().length(), b.prefix().length()));
  }

  private void add(Dialect dialect, Route route) {
    String[] segments = route.pattern().split("/", -1);
    Node node = root;
    Map<Integer, String> names = new HashMap<>();
    for (int i = 1; i < segments.length; i++) {
      String segment = segments[i];
      if (segment.startsWith("{")) {
        names.put(i, segment.substring(1, segment.length() - 1));
        node = node.named();
      } else {
        node = node.literals.computeIfAbsent(segment, unknown -> new Node());
      }
    }
    Target target = new Target(new Found(dialect, route, Map.of()), names);
    put(node, route.method(), target);
    if (route.options().head()) {
      put(node, "HEAD", target);
    }
  }

  private static void put(Node node, String method, Target target) {
    if (node.methods.put(method, target) != null) {
      throw new IllegalStateException(
          "two routes: " + method + " " + target.plain.route().pattern());
    }
  }

  private static Outcome otherMethod(String method, Map<String, Target> methods) {
    String allow = String.join(", ", methods.keySet()) + ", OPTIONS";
    if (method.equals("OPTIONS")) {
      return new Answered(Reply.noContent().withHeader("Allow", allow));
    }
    Dialect dialect = methods.values().iterator().next().plain.dialect();
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

  private static Reply serverOptions() {
    return Reply.noContent().withHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }

  /** What may follow a path's beginning, and the methods of the path that ends here. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Target> methods = new TreeMap<>();
    private @Nullable Node named;

    private Node named() {
      Node next = named == null ? new Node() : named;
      named = next;
      return next;
    }

    private @Nullable Node find(String[] segments, int from) {
      if (from == segments.length) {
        return methods.isEmpty() ? null : this;
      }
      Node literal = literals.get(segments[from]);
      Node found = literal == null ? null : literal.find(segments, from + 1);
      if (found != null || named == null || !isName(segments[from])) {
        return found;
      }
      return named.find(segments, from + 1);
    }

    private static boolean isName(String segment) {
      return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
    }
  }

  /** A route, and which segments of its path are named how. */
  private record Target(Found plain, Map<Integer, String> names) {

    private Found found(String[] segments) {
      if (names.isEmpty()) {
        return plain;
      }
      Map<String, String> parameters = new HashMap<>();
      names.forEach((index, name) -> parameters.put(name, decoded(segments[index])));
      return new Found(plain.dialect, plain.route, parameters);
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
