package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.core.domain.task.Settled;
import dev.baton.http.in.api.Reply;
import java.util.Map;

/** Replies that are the same each time, encoded once, and the headers that several routes share. */
final class Replies {
  static final String REPLAYED_HEADER = "Idempotent-Replayed";
  static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store");

  static final Reply OK = Reply.encodedJson(200, "{\"ok\":true}".getBytes(UTF_8));
  private static final Reply OK_REPLAYED = replayed(OK);
  private static final Reply TAKEN =
      Reply.encodedJson(200, "{\"ok\":true,\"version\":\"v1\"}".getBytes(UTF_8));
  private static final Reply TAKEN_REPLAYED = replayed(TAKEN);

  private Replies() {}

  static Reply replayed(Reply reply) {
    return reply.withHeader(REPLAYED_HEADER, "true");
  }

  /** For an answer; a repeated one is told the same. */
  static Reply taken(Settled settled) {
    return settled.kind() == Settled.Kind.DONE ? TAKEN : TAKEN_REPLAYED;
  }

  /** For a failure or a release; a repeated one is told the same. */
  static Reply settled(Settled settled) {
    return settled.kind() == Settled.Kind.DONE ? OK : OK_REPLAYED;
  }
}
