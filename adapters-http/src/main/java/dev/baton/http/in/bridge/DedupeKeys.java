package dev.baton.http.in.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.hash.Hashing;
import dev.baton.core.domain.id.DedupeKey;
import dev.baton.core.domain.id.TaskId;
import dev.baton.core.domain.prompt.Prompt;
import dev.baton.http.in.json.Json;
import java.util.Map;
import java.util.Optional;

/** The two ways a dedupe key comes about that its submitter did not choose. */
final class DedupeKeys {
  private static final ObjectWriter CANONICAL =
      Json.mapper().writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private DedupeKeys() {}

  /**
   * What a task shows as its key: the submitter's, or else a hash of its own id, which no other
   * task shares.
   */
  static String shown(TaskId id, Optional<DedupeKey> given) {
    return given.isPresent() ? given.get().value() : sha256(id.value().getBytes(UTF_8));
  }

  /**
   * Stands for an unfinished task that asks the same: same text, and metadata that differ in the
   * order of members and in white space at most.
   */
  static DedupeKey ofContent(Prompt prompt) {
    try {
      Object meta = Json.mapper().readValue(prompt.metadata().json(), Object.class);
      byte[] canonical = CANONICAL.writeValueAsBytes(Map.of("meta", meta, "prompt", prompt.text()));
      return new DedupeKey("content:" + sha256(canonical), true);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("metadata is JSON by the time it gets here", e);
    }
  }

  private static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }
}
