package dev.baton.http.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.out.client.Transport.Body;
import dev.baton.http.out.client.Transport.Incoming;
import dev.baton.http.out.client.Transport.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Replies that come later than their handler returns. */
final class InProcessTransportTest {
  private static final Body NO_BODY = new Body("", Optional.empty(), "");

  private final CompletableFuture<Reply> later = new CompletableFuture<>();
  private final CompletableFuture<Incoming> incoming = send(new OneRoute(later));

  private static CompletableFuture<Incoming> send(Dialect dialect) {
    return new InProcessTransport(path -> dialect, TenantId.DEFAULT, () -> Path.of("."), () -> {})
        .send(new Outgoing("GET", "/later", Map.of(), NO_BODY, Duration.ZERO));
  }

  @Test
  void laterReply_comesWhenItIsKnown() {
    assertThat(incoming).isNotDone();

    later.complete(Reply.json(200, Map.of()));

    assertThat(incoming.join().status()).isEqualTo(200);
  }

  @Test
  void laterReply_whichCannotBeEncoded_isABugThatTheCallerSees() {
    later.complete(Reply.json(200, Map.of("bug", new Unwritable())));

    assertThat(incoming).isDone();
    assertThatThrownBy(incoming::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void laterRefusal_isPutByTheDialect() {
    later.completeExceptionally(new BatonException(ErrorCode.TASK_NOT_FOUND, "no such task"));

    assertThat(incoming.join().status()).isEqualTo(418);
  }

  /** A value whose only member can't be read. */
  public static final class Unwritable {
    private static final List<String> NOTHING = List.of();

    public String getText() {
      return NOTHING.get(0);
    }
  }

  private record OneRoute(CompletableFuture<Reply> later) implements Dialect {

    @Override
    public String name() {
      return "one";
    }

    @Override
    public List<Route> routes() {
      return List.of(
          Route.get(
              "/later",
              Permission.OPEN,
              request -> Reply.later(later),
              RouteDoc.of("later", "Later").build()));
    }

    @Override
    public Reply refusal(BatonException refused) {
      return Reply.json(418, Map.of());
    }
  }
}
