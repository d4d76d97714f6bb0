package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * One operation, with all that holds for it: who may call it, how it is repeated, how large its
 * body may be, and what is said of it. Immutable.
 *
 * @param pattern segments that are literal or {@code {name}}
 * @param permission that a caller needs; {@link Permission#OPEN} for none
 */
public record Route(
    String method,
    String pattern,
    Permission permission,
    Repeat repeat,
    Options options,
    Handler handler,
    RouteDoc doc) {
  public static final long SERVER_LIMIT = -1;

  /**
   * What few routes need.
   *
   * @param maxBody bytes of request body, above which the answer is 413; {@link #SERVER_LIMIT} for
   *     the server's own bound
   * @param head whether HEAD may run the handler too (its body is not sent). Only for a GET that
   *     changes nothing; otherwise HEAD is answered 405
   * @param uploadMax bytes of a form with files, which is kept in a temporary file; 0 where none is
   *     taken
   * @param takesRoom whether its handler takes room for its reply by itself, see {@link
   *     Request#reply}; other GETs are refused while there is none at all
   */
  public record Options(long maxBody, boolean head, long uploadMax, boolean takesRoom) {
    static final Options NONE = new Options(SERVER_LIMIT, false, 0, false);
  }

  public Route {
    requireNonNull(permission, "permission");
    requireNonNull(repeat, "repeat");
    requireNonNull(options, "options");
    requireNonNull(handler, "handler");
    requireNonNull(doc, "doc");
    checkArgument(pattern.startsWith("/"), "a pattern starts with a slash: %s", pattern);
  }

  public static Route get(String pattern, Permission permission, Handler handler, RouteDoc doc) {
    return of("GET", pattern, permission, handler, doc);
  }

  public static Route post(String pattern, Permission permission, Handler handler, RouteDoc doc) {
    return of("POST", pattern, permission, handler, doc);
  }

  public static Route of(
      String method, String pattern, Permission permission, Handler handler, RouteDoc doc) {
    return new Route(method, pattern, permission, Repeat.NONE, Options.NONE, handler, doc);
  }

  /** The same route, answered by another handler. */
  public Route withHandler(Handler other) {
    return new Route(method, pattern, permission, repeat, options, other, doc);
  }

  /** The same route, of which something else is said. */
  public Route withDoc(RouteDoc other) {
    return new Route(method, pattern, permission, repeat, options, handler, other);
  }

  /** The same route, whose reply is kept under a key and given again. */
  public Route repeatable() {
    return repeatable(Repeat.ofReply(method + " " + pattern));
  }

  /** The same route, which takes a key under which it may be repeated. */
  public Route repeatable(Repeat how) {
    return new Route(method, pattern, permission, how, options, handler, doc);
  }

  /** The same route with its own bound of the request body, in bytes. */
  public Route withMaxBody(long bytes) {
    return with(new Options(bytes, options.head(), options.uploadMax(), options.takesRoom()));
  }

  /**
   * The same route, which takes {@code multipart/form-data} as well: it comes as {@link
   * Request#upload} and has no other body.
   */
  public Route withUpload(long maxBytes) {
    checkArgument(maxBytes > 0, "an upload has room");
    return with(new Options(options.maxBody(), options.head(), maxBytes, options.takesRoom()));
  }

  /** The same route, also for HEAD. */
  public Route withHead() {
    checkArgument(method.equals("GET"), "only a GET has a HEAD");
    return with(new Options(options.maxBody(), true, 0, options.takesRoom()));
  }

  /** The same route, whose handler takes room for its reply. */
  public Route takingRoom() {
    return with(new Options(options.maxBody(), options.head(), options.uploadMax(), true));
  }

  private Route with(Options other) {
    return new Route(method, pattern, permission, repeat, other, handler, doc);
  }
}
