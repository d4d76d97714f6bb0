package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Classes what goes wrong. What a provider says of an error may quote the prompt or the key, so
 * only its code goes into the message, and only when it looks like one.
 */
final class Faults {
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context_length_exceeded|maximum context length|context window|prompt is too long"
              + "|input is too long|exceeds? the (model's )?max(imum)? (context|input)"
              + "|max_model_len|request_too_large|too many tokens");
  private static final Pattern FILTERED =
      Pattern.compile("content_filter|content_policy|content policy|responsibleai");
  private static final Pattern USED_UP =
      Pattern.compile("insufficient_quota|quota_exceeded|billing|credit balance");
  private static final String NO_CREDIT = "your credit balance is too low";

  private Faults() {}

  static Refused of(UpstreamReply reply, Instant now) {
    ModelFault fault = fault(reply.status(), reply.body());
    Optional<Duration> retryAfter =
        fault == ModelFault.RATE_LIMITED || fault == ModelFault.OVERLOADED
            ? RetryAfter.of(reply.headers(), now)
            : Optional.empty();
    return new Refused(
        fault,
        "the provider answered " + reply.status() + code(Json.object(reply.body())),
        retryAfter);
  }

  /** An error that came within a stream, which began as a success. */
  static Refused ofEvent(JsonNode event) {
    JsonNode error = event.path("error");
    String words = error.toString().toLowerCase(Locale.ROOT);
    int status = error.path("code").asInt(0);
    ModelFault fault =
        words.contains("overloaded") || words.contains("server_error")
            ? ModelFault.OVERLOADED
            : words.contains("rate_limit")
                ? ModelFault.RATE_LIMITED
                : status >= 400
                    ? fault(status, words)
                    : byWords(words, ModelFault.UPSTREAM_INVALID);
    return Asked.refused(
        fault, "the provider ended the stream with an error" + code(Optional.of(event)));
  }

  static Refused of(Failed failed) {
    ModelFault fault =
        switch (failed.fault()) {
          case TIMED_OUT -> ModelFault.TIMED_OUT;
          case TOO_LARGE, INVALID -> ModelFault.UPSTREAM_INVALID;
          case ABORTED -> ModelFault.ABORTED;
          case UNREACHABLE, BUSY -> ModelFault.OVERLOADED;
          case BLOCKED -> ModelFault.BAD_REQUEST;
        };
    return Asked.refused(fault, failed.message());
  }

  private static ModelFault fault(int status, String body) {
    return switch (status) {
      case 401, 403 -> byWords(body, ModelFault.AUTH);
      case 408, 504 -> ModelFault.TIMED_OUT;
      // A key that is used up is as good as one that is refused: somebody has to see to it.
      case 429 -> isUsedUp(body) ? ModelFault.AUTH : ModelFault.RATE_LIMITED;
      case 413 -> ModelFault.CONTEXT_TOO_LONG;
      default ->
          status >= 500
              ? ModelFault.OVERLOADED
              : status >= 400
                  ? byWords(body, ModelFault.BAD_REQUEST)
                  // A redirect, or another success without an answer.
                  : ModelFault.UPSTREAM_INVALID;
    };
  }

  /** Whether a 429 means that the key is used up, not that it is used too fast. */
  private static boolean isUsedUp(String body) {
    return USED_UP.matcher(body.toLowerCase(Locale.ROOT)).find();
  }

  private static ModelFault byWords(String body, ModelFault otherwise) {
    String words = body.toLowerCase(Locale.ROOT);
    if (TOO_LONG.matcher(words).find()) {
      return ModelFault.CONTEXT_TOO_LONG;
    }
    if (FILTERED.matcher(words).find()) {
      return ModelFault.CONTENT_FILTERED;
    }
    return words.contains(NO_CREDIT) ? ModelFault.AUTH : otherwise;
  }

  private static String code(Optional<JsonNode> body) {
    JsonNode error = body.map(node -> node.path("error")).orElseGet(Json::newObject);
    for (String name : new String[] {"code", "type"}) {
      String code = error.path(name).asText("");
      if (CODE.matcher(code).matches()) {
        return ": " + code;
      }
    }
    return "";
  }
}
