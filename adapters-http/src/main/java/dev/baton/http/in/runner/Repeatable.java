package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.baton.core.port.RequestRows.Answer;
import dev.baton.core.port.RequestRows.Name;
import dev.baton.core.usecase.task.Replays;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.task.CreateTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets every POST be repeated under the header {@code Idempotency-Key}: its answer is kept, and
 * given again, but for a secret in it: that is shown once, and not kept in the clear. Members that
 * are ignored are named again, too. The routes whose use case knows the key itself keep it with
 * what it made.
 */
final class Repeatable {
  /** They store key and object in one transaction, which is safer than keeping an answer. */
  private static final List<String> KEYED =
      List.of(CreateTask.PATH, RunnerContext.PREFIX + "/batches");

  private static final String DATA = "data";
  private static final String SECRET = "secret";

  private final Replays replays;

  Repeatable(Replays replays) {
    this.replays = requireNonNull(replays, "replays");
  }

  Route around(Route route) {
    if (!route.method().equals("POST") || KEYED.contains(route.pattern())) {
      return route;
    }
    if (!(route.handler() instanceof Bodies.Reading reading)) {
      throw new IllegalStateException("it does not read its body: " + route.pattern());
    }
    String operation = "POST " + route.pattern();
    return route.withHandler(
        reading.with(
            action -> (request, body) -> once(operation, request, () -> action.of(request, body))));
  }

  /** The body was read before, so what is wrong with it claims no key. */
  private Reply once(String operation, Request request, Supplier<Reply> work) {
    Optional<String> key = Idempotency.header(request);
    if (key.isEmpty()) {
      return work.get();
    }
    Name name = new Name(request.tenant(), operation, key.get());
    CompletableFuture<Reply> first = new CompletableFuture<>();
    return Reply.later(
        replays
            .once(
                name,
                Idempotency.fingerprint(request),
                () ->
                    settled(work.get())
                        .thenApply(
                            reply -> {
                              first.complete(reply);
                              return kept(reply);
                            }))
            .thenCompose(
                replayed ->
                    replayed.before()
                        ? CompletableFuture.completedFuture(again(replayed.answer()))
                        : first));
  }

  /** The answer itself, however late it is. */
  private static CompletableFuture<Reply> settled(Reply reply) {
    if (reply instanceof Reply.Later later) {
      return later
          .reply()
          .toCompletableFuture()
          .<Reply>thenApply(Function.identity())
          .thenCompose(Repeatable::settled);
    }
    return CompletableFuture.completedFuture(reply);
  }

  private static Answer kept(Reply reply) {
    if (reply instanceof Reply.Json json) {
      return new Answer(json.status(), new String(Json.encode(withoutSecret(json.body())), UTF_8));
    }
    throw new IllegalStateException("a POST of this dialect answers with JSON");
  }

  private static Object withoutSecret(Object body) {
    if (body instanceof Map<?, ?> envelope
        && envelope.get(DATA) instanceof Map<?, ?> data
        && data.containsKey(SECRET)) {
      Map<Object, Object> rest = new LinkedHashMap<>(data);
      rest.remove(SECRET);
      Map<Object, Object> kept = new LinkedHashMap<>(envelope);
      kept.put(DATA, rest);
      return kept;
    }
    return body;
  }

  private static Reply again(Answer answer) {
    return Idempotency.replayed(Reply.encodedJson(answer.status(), answer.body().getBytes(UTF_8)));
  }
}
