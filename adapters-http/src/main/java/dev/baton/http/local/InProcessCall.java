package dev.baton.http.local;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.MemoryBudget;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.ReplyHold;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.Router;
import dev.baton.http.in.api.TransportRefusal;
import dev.baton.http.in.json.Json;
import dev.baton.http.out.client.Transport.Incoming;
import dev.baton.http.out.client.Transport.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One request on its way to a handler in this process, and its reply on the way back. */
final class InProcessCall {
  private static final byte[] NOTHING = {};

  private final Outgoing outgoing;
  private final Dialect dialect;
  private final TenantId tenant;
  private final Supplier<Path> spool;
  private final ReplyHold hold = new ReplyHold(MemoryBudget.unbounded());
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final CompletableFuture<Incoming> incoming = new CompletableFuture<>();

  InProcessCall(Outgoing outgoing, Dialect dialect, TenantId tenant, Supplier<Path> spool) {
    this.outgoing = outgoing;
    this.dialect = dialect;
    this.tenant = tenant;
    this.spool = spool;
    headers.putAll(outgoing.headers());
    var unused = incoming.whenComplete((reply, thrown) -> hold.end(thrown == null));
  }

  CompletableFuture<Incoming> reply(Router.Outcome outcome, String path, String query) {
    if (outcome instanceof Router.Answered answered) {
      answer(answered.reply());
      return incoming;
    }
    Router.Found found = (Router.Found) outcome;
    Request.Builder request =
        Request.builder(outgoing.method(), path, tenant)
            .pathParameters(found.pathParameters())
            .query(query)
            .headers(headers::get)
            .clientGone(this::onCancelled)
            .hold(hold);
    try {
      take(found.route(), request);
      answer(found.route().handler().handle(request.build()));
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
    return incoming;
  }

  private void take(Route route, Request.Builder request) throws IOException {
    try (InputStream body = outgoing.body().open()) {
      if (route.options().uploadMax() > 0 && isForm()) {
        Path file = Files.createTempFile(spool.get(), "baton-body-", ".spool");
        var unused = incoming.whenComplete((reply, thrown) -> delete(file));
        Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        request.upload(file);
      } else {
        request.body(body.readAllBytes());
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(InProcessCall.class.getName())
          .log(System.Logger.Level.WARNING, "a temporary file could not be removed", e);
    }
  }

  private boolean isForm() {
    String type = headers.getOrDefault("Content-Type", "");
    return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  private void onCancelled(Runnable action) {
    var unused =
        incoming.whenComplete(
            (reply, thrown) -> {
              if (incoming.isCancelled()) {
                action.run();
              }
            });
  }

  private void answer(Reply reply) {
    if (reply instanceof Reply.Later later) {
      var unused =
          later
              .reply()
              .whenComplete(
                  (known, thrown) -> {
                    try {
                      if (thrown == null) {
                        answer(known);
                      } else {
                        failed(thrown);
                      }
                    } catch (RuntimeException | Error e) {
                      // Thrown here it would be lost, and the caller would wait for ever.
                      incoming.completeExceptionally(e);
                    }
                  });
    } else if (reply instanceof Reply.Json json) {
      come(json.status(), json.headers(), Json.encode(json.body()));
    } else if (reply instanceof Reply.Bytes bytes) {
      come(bytes.status(), bytes.headers(), array(bytes.content()));
    } else if (reply instanceof Reply.Empty empty) {
      come(empty.status(), empty.headers(), NOTHING);
    } else if (reply instanceof Reply.Stream stream) {
      ReplyPipe pipe = new ReplyPipe();
      stream.source().accept(pipe);
      come(200, stream.headers(), pipe.in());
    }
  }

  private void failed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof BatonException refused) {
      answer(dialect.refusal(refused));
    } else if (cause instanceof TransportRefusal refused) {
      answer(dialect.refusal(refused));
    } else {
      incoming.completeExceptionally(cause);
    }
  }

  private void come(int status, Map<String, String> given, byte[] body) {
    come(status, given, new ByteArrayInputStream(body));
  }

  private void come(int status, Map<String, String> given, InputStream body) {
    Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    names.putAll(given);
    incoming.complete(new Incoming(status, name -> Optional.ofNullable(names.get(name)), body));
  }

  private static byte[] array(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
