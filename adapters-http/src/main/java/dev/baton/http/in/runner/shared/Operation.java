package dev.baton.http.in.runner.shared;

import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.json.Body;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An operation of this dialect while it is declared: what is said of it, what it answers and what
 * it does, each once. What holds of every operation of its method, {@code Documented} adds. Not
 * thread-safe.
 */
public final class Operation {
  private final RunnerContext kit;
  private final String method;
  private final String path;
  private final Permission permission;
  private final String tag;
  private final RouteDoc.Builder doc;
  private boolean extension;
  private UnaryOperator<Route> options = UnaryOperator.identity();

  Operation(
      RunnerContext kit,
      String method,
      String path,
      Permission permission,
      String tag,
      String operationId,
      String summary) {
    this.kit = kit;
    this.method = method;
    this.path = path;
    this.permission = permission;
    this.tag = tag;
    this.doc = RouteDoc.of(operationId, summary);
  }

  /** What an operation does that the seed's document shows. */
  public Operation description(String text) {
    doc.description(text);
    return this;
  }

  /** What an operation does that this server adds. */
  public Operation extension(String text) {
    extension = true;
    return description("Extension. " + text);
  }

  /** Declares a name in the path; {@code of} as {@code The batch.} */
  public Operation path(String name, String of) {
    Docs.path(doc, name, of);
    return this;
  }

  public Operation query(String name, String description, Map<String, Object> schema) {
    doc.query(name, description, schema);
    return this;
  }

  public Operation header(String name, String description, Map<String, Object> schema) {
    doc.parameter(new RouteDoc.Parameter(name, "header", description, false, schema));
    return this;
  }

  /** What {@link PageRequest} reads. */
  public Operation paged(List<String> sorts) {
    PageRequest.document(doc, sorts);
    return this;
  }

  /** The schema of a body that {@link Answer#handled} reads. */
  public Operation body(Map<String, Object> schema) {
    doc.body(schema);
    return this;
  }

  /** As {@link #body}, or a form in its place of so many bytes at most. */
  public Operation bodyOrForm(
      Map<String, Object> schema, Object example, Map<String, Object> form, long uploadMax) {
    doc.bodyOrForm(schema, example, form);
    return with(route -> route.withUpload(uploadMax));
  }

  /** Its own bound of the body, in bytes. */
  public Operation maxBody(long bytes) {
    return with(route -> route.withMaxBody(bytes));
  }

  /** A POST whose use case knows the key itself. */
  public Operation repeatable(Repeat how) {
    return with(route -> route.repeatable(how));
  }

  private Operation with(UnaryOperator<Route> option) {
    UnaryOperator<Route> before = options;
    options = route -> option.apply(before.apply(route));
    return this;
  }

  /** A refusal that many operations don't give. */
  public Operation refused(int status, String code, String when) {
    Docs.refused(doc, status, code, when);
    return this;
  }

  /** An answer without a body, or of another type than JSON. */
  public Operation answer(int status, RouteDoc.Answer answer) {
    doc.answer(status, answer);
    return this;
  }

  /** 200, with a record as the envelope's data and without a message. */
  public <D extends Record> Answer<D> answer(Class<D> data) {
    return answer(200, data, "Found.", "");
  }

  /** 201, likewise. */
  public <D extends Record> Answer<D> created(Class<D> data) {
    return answer(201, data, "Created.", "");
  }

  /** A record as the envelope's data, and the envelope's message. */
  public <D extends Record> Answer<D> answer(int status, Class<D> data, String message) {
    return answer(status, data, message + ".", message);
  }

  /** As above, with a message that may be empty, and what the document says of the answer. */
  public <D extends Record> Answer<D> answer(
      int status, Class<D> data, String description, String message) {
    Docs.answer(doc, status, data, description);
    return new Answer<>(status, message);
  }

  /** 200 with a message and without data, once {@code work} is done. */
  public Route done(String message, Function<Request, ? extends CompletableFuture<?>> work) {
    Docs.done(doc, message);
    return new Answer<Record>(200, message)
        .by(request -> work.apply(request).thenApply(ignored -> Optional.empty()));
  }

  /** What is answered, and now what is done for it. */
  public final class Answer<D extends Record> {
    private final int status;
    private final String message;

    private Answer(int status, String message) {
      this.status = status;
      this.message = message;
    }

    /** Without a body; one that comes with a POST is read all the same, as strictly as any. */
    public Route from(Function<Request, CompletableFuture<D>> work) {
      return by(request -> work.apply(request).thenApply(Optional::of));
    }

    private Route by(Function<Request, CompletableFuture<Optional<D>>> work) {
      Handler handler =
          request -> Reply.later(work.apply(request).thenApply(data -> reply(data.orElse(null))));
      return method.equals("POST")
          ? with(route -> route.withMaxBody(Bodies.SMALL_MAX))
              .route(kit.bodies().readingNothing(handler))
          : route(handler);
    }

    /** With a body. */
    public <T extends Record> Route reading(
        Body<T> body, BiFunction<Request, T, CompletableFuture<D>> work) {
      doc.body(body.schema());
      return route(
          kit.bodies()
              .reading(
                  body,
                  (request, said) ->
                      Reply.later(work.apply(request, said).thenApply(this::reply))));
    }

    /** With a small body that may be left out. */
    public <T extends Record> Route readingOptional(
        Body<T> body, BiFunction<Request, T, CompletableFuture<D>> work) {
      doc.optionalBody(body.schema());
      return maxBody(Bodies.SMALL_MAX)
          .route(
              kit.bodies()
                  .readingOptional(
                      body,
                      (request, said) ->
                          Reply.later(work.apply(request, said).thenApply(this::reply))));
    }

    /** By a handler that makes the reply itself, in {@link RunnerContext#envelope}. */
    public Route handled(Handler handler) {
      return route(handler);
    }

    private Reply reply(@Nullable D data) {
      return kit.envelope().reply(status, data, message.isEmpty() ? null : message);
    }
  }

  /** By a handler that makes the reply itself. */
  public Route route(Handler handler) {
    doc.tag("runner: " + tag + (extension ? " (extensions)" : ""));
    Route route = Route.of(method, path, permission, handler, doc.build());
    return options.apply(
        switch (method) {
          case "GET" -> route.withHead();
          case "POST" -> route.repeatable();
          default -> route;
        });
  }
}
