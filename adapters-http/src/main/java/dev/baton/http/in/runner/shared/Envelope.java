package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Reply;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what is to be said into this dialect's envelope, with the time. Thread-safe. */
public final class Envelope {
  private final InstantSource clock;

  /** What every reply but a refusal looks like; its schema is {@link Docs#envelope}. */
  public record Body(
      boolean success, Optional<Object> data, Optional<String> message, Instant timestamp) {}

  public Envelope(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /** 200 with data and no message. */
  public Reply ok(Object data) {
    return reply(200, data, null);
  }

  public Reply ok(Object data, String message) {
    return reply(200, data, message);
  }

  public Reply reply(int status, @Nullable Object data, @Nullable String message) {
    return Reply.json(
        status,
        new Body(true, Optional.ofNullable(data), Optional.ofNullable(message), clock.instant()));
  }

  /** A refusal. */
  public Reply refused(int status, String code, String message, Refusal.Details details) {
    return Reply.json(
        status, new Refusal(false, new Refusal.Problem(code, message, details), clock.instant()));
  }
}
