package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Reply;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what is to be said into this dialect's envelope, with the time. Thread-safe. */
public final class Envelope {
  private final InstantSource clock;

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

  public Reply created(Object data, String message) {
    return reply(201, data, message);
  }

  /** 200 without data. */
  public Reply done(String message) {
    return reply(200, null, message);
  }

  public Reply reply(int status, @Nullable Object data, @Nullable String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", true);
    if (data != null) {
      body.put("data", data);
    }
    if (message != null) {
      body.put("message", message);
    }
    body.put("timestamp", now());
    return Reply.json(status, body);
  }

  /** A refusal; {@code details} may be empty. */
  public Reply refused(int status, String code, String message, Map<String, ?> details) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", message);
    error.put("details", details);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("success", false);
    body.put("error", error);
    body.put("timestamp", now());
    return Reply.json(status, body);
  }

  private String now() {
    return Instants.text(clock.instant());
  }
}
