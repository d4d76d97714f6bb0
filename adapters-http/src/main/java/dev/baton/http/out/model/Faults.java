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
  private static final Pattern RATE = Pattern.compile("rate_?limit|too_many_requests");
  private static final Pattern UNWELL =
      Pattern.compile("overloaded|server_?error|api_error|unavailable");
  private static final Pattern LATE = Pattern.compile("time_?out");
  private static final Pattern KEY = Pattern.compile("authentication|permission|invalid_api_key");
  private static final Pattern WRONG = Pattern.compile("invalid_request|badrequest");
  private static final String NO_CREDIT = "your credit balance is too low";

  private Faults() {}

  static Refused of(UpstreamReply reply, Instant now) {
    ModelFault fault = fault(reply.status(), reply.body());
    Optional<Duration> retryAfter =
        fault == ModelFault.RATE_LIMITED || fault == ModelFault.OVERLOADED
            ? RateHeaders.retryAfter(reply.headers(), now)
            : Optional.empty();
    return new Refused(
        fault,
        "the provider answered " + reply.status() + code(Json.object(reply.body())),
        retryAfter);
  }

  /** An error that stands where an answer would, or the rest of one, after a status of success. */
  static Refused ofError(JsonNode answer) {
    JsonNode error = answer.path("error");
    String words = error.toString();
    int status = error.path("code").asInt(0);
    ModelFault fault =
        status >= 400 ? fault(status, words) : byKind(kind(Optional.of(answer)), words);
    return Asked.refused(fault, "the provider answered with an error" + code(Optional.of(answer)));
  }

  /** By the provider's own name for it. */
  private static ModelFault byKind(String kind, String words) {
    if (isUsedUp(kind)) {
      return ModelFault.AUTH;
    }
    if (RATE.matcher(kind).find()) {
      return ModelFault.RATE_LIMITED;
    }
    if (UNWELL.matcher(kind).find()) {
      return ModelFault.OVERLOADED;
    }
    if (LATE.matcher(kind).find()) {
      return ModelFault.TIMED_OUT;
    }
    if (KEY.matcher(kind).find()) {
      return byWords(words, ModelFault.AUTH);
    }
    return byWords(
        words, WRONG.matcher(kind).find() ? ModelFault.BAD_REQUEST : ModelFault.OVERLOADED);
  }

  static Refused of(Failed failed) {
    ModelFault fault =
        switch (failed.fault()) {
          case TIMED_OUT -> ModelFault.TIMED_OUT;
          case TOO_LARGE, INVALID -> ModelFault.UPSTREAM_INVALID;
          // Too many calls are Baton's own affair: nobody was asked.
          case ABORTED, BUSY -> ModelFault.ABORTED;
          case UNREACHABLE -> ModelFault.OVERLOADED;
          case BLOCKED -> ModelFault.BAD_REQUEST;
        };
    return Asked.refused(fault, failed.message());
  }

  private static ModelFault fault(int status, String body) {
    return switch (status) {
      case 401, 403 -> byWords(body, ModelFault.AUTH);
      case 408, 504 -> ModelFault.TIMED_OUT;
      // A key that is used up is as good as one that is refused: somebody has to see to it.
      case 429 -> tooMany(body);
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

  /** Its name says so, or else its words: what is only too fast may tell where to pay for more. */
  private static ModelFault tooMany(String body) {
    String kind = kind(Json.object(body));
    boolean usedUp = isUsedUp(kind) || (!RATE.matcher(kind).find() && isUsedUp(body));
    return usedUp ? ModelFault.AUTH : ModelFault.RATE_LIMITED;
  }

  private static boolean isUsedUp(String text) {
    return USED_UP.matcher(text.toLowerCase(Locale.ROOT)).find();
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

  private static String kind(Optional<JsonNode> body) {
    JsonNode error = body.map(node -> node.path("error")).orElseGet(Json::newObject);
    return (error.path("code").asText("") + " " + error.path("type").asText(""))
        .toLowerCase(Locale.ROOT);
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
