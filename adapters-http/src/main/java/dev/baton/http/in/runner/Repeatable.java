package dev.baton.http.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.baton.core.port.RequestRows.Answer;
import dev.baton.core.port.RequestRows.Name;
import dev.baton.core.usecase.idempotency.Replays;
import dev.baton.http.in.api.Repeat;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.json.Json;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.Envelope;
import dev.baton.http.in.runner.shared.Idempotency;
import dev.baton.http.in.runner.shared.Secretive;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets a POST be repeated under the header {@code Idempotency-Key}: its answer is kept, and given
 * again, but for a secret in it: that is shown once, and not kept in the clear. Members that are
 * ignored are named again, too. Routes whose use case knows the key itself are left alone.
 */
final class Repeatable {
  private final Replays replays;

  Repeatable(Replays replays) {
    this.replays = requireNonNull(replays, "replays");
  }

  Route around(Route route) {
    if (route.repeat().way() != Repeat.Way.REPLY) {
      return route;
    }
    if (!(route.handler() instanceof Bodies.Reading reading)) {
      throw new IllegalStateException("it does not read its body: " + route.pattern());
    }
    String scope = route.repeat().scope();
    return route.withHandler(reading.around((request, work) -> once(scope, request, work)));
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
    if (body instanceof Envelope.Body said
        && said.data().orElse("") instanceof Secretive secretive) {
      return new Envelope.Body(
          said.success(), Optional.of(secretive.withoutSecret()), said.message(), said.timestamp());
    }
    return body;
  }

  private static Reply again(Answer answer) {
    return Idempotency.replayed(Reply.encodedJson(answer.status(), answer.body().getBytes(UTF_8)));
  }
}
