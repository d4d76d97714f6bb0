package dev.baton.http.in.api;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/** One operation: a method and a path pattern, whose segments are literal or {@code {name}}. */
public record Route(String method, String pattern, Handler handler, RouteDoc doc, Options options) {
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
   */
  public record Options(long maxBody, boolean head, long uploadMax) {
    static final Options NONE = new Options(SERVER_LIMIT, false, 0);
  }

  public Route {
    requireNonNull(handler, "handler");
    requireNonNull(doc, "doc");
    checkArgument(pattern.startsWith("/"), "a pattern starts with a slash: %s", pattern);
  }

  public static Route get(String pattern, Handler handler, RouteDoc doc) {
    return of("GET", pattern, handler, doc);
  }

  public static Route post(String pattern, Handler handler, RouteDoc doc) {
    return of("POST", pattern, handler, doc);
  }

  public static Route of(String method, String pattern, Handler handler, RouteDoc doc) {
    return new Route(method, pattern, handler, doc, Options.NONE);
  }

  /** The same route, answered by another handler. */
  public Route withHandler(Handler other) {
    return new Route(method, pattern, other, doc, options);
  }

  /** The same route with its own bound of the request body, in bytes. */
  public Route withMaxBody(long bytes) {
    return new Route(
        method, pattern, handler, doc, new Options(bytes, options.head(), options.uploadMax()));
  }

  /**
   * The same route, which takes {@code multipart/form-data} as well: it comes as {@link
   * Request#upload} and has no other body.
   */
  public Route withUpload(long maxBytes) {
    checkArgument(maxBytes > 0, "an upload has room");
    return new Route(
        method, pattern, handler, doc, new Options(options.maxBody(), options.head(), maxBytes));
  }

  /** The same route, also for HEAD. */
  public Route withHead() {
    checkArgument(method.equals("GET"), "only a GET has a HEAD");
    return new Route(method, pattern, handler, doc, new Options(options.maxBody(), true, 0));
  }
}
