package dev.baton.http.out.model.fault;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes faults of what goes wrong. What a provider says of an error may quote the prompt or the
 * key, so only its status and a name from {@link KnownCodes} go into the message.
 */
public final class Faults {

  private Faults() {}

  /** A fault that says nothing of when to come back. */
  public static Refused refused(ModelFault fault, String message) {
    return new Refused(fault, message, Optional.empty());
  }

  public static Refused of(UpstreamReply reply, Instant now) {
    ModelFault fault = FaultTable.fault(reply.status(), ErrorText.of(reply.body()));
    Optional<Duration> retryAfter =
        isPassing(fault)
            ? RateHeaders.retryAfter(reply.headers(), now)
                .or(() -> RateHeaders.RetryHints.of(reply.body()))
            : Optional.empty();
    String code = Json.container(reply.body()).map(KnownCodes::told).orElse("");
    return new Refused(fault, "the provider answered " + reply.status() + code, retryAfter);
  }

  /** An error that stands where an answer would, or the rest of one, after a status of success. */
  public static Refused ofError(JsonNode answer) {
    ErrorText said = ErrorText.of(answer);
    ModelFault fault = FaultTable.fault(said.status().orElse(FaultTable.NO_STATUS), said);
    return new Refused(
        fault,
        "the provider answered with an error" + KnownCodes.told(answer),
        isPassing(fault) ? RateHeaders.RetryHints.of(Json.text(answer)) : Optional.empty());
  }

  /**
   * Looks for an error in what should be an answer, or a part of one.
   *
   * @throws BrokenAnswerException when it is one
   */
  public static void throwIfError(JsonNode answer) {
    if (ErrorText.isError(answer)) {
      throw new BrokenAnswerException(ofError(answer));
    }
  }

  private static boolean isPassing(ModelFault fault) {
    return fault == ModelFault.RATE_LIMITED || fault == ModelFault.OVERLOADED;
  }

  public static Refused of(Failed failed) {
    ModelFault fault =
        switch (failed.fault()) {
          case TIMED_OUT -> ModelFault.TIMED_OUT;
          case TOO_LARGE, INVALID -> ModelFault.UPSTREAM_INVALID;
          // Too many calls are Baton's own affair: nobody was asked.
          case ABORTED, BUSY -> ModelFault.ABORTED;
          case UNREACHABLE -> ModelFault.OVERLOADED;
          case BLOCKED -> ModelFault.BAD_REQUEST;
        };
    return Faults.refused(fault, failed.message());
  }

  /**
   * The names of errors that may be told. A provider's code may be anything, also the key that was
   * sent; so what is told is always a word from this list, never the provider's own text.
   */
  static final class KnownCodes {
    private static final ImmutableMap<String, String> BY_SQUEEZED =
        Stream.of(
                // OpenAI, and those who speak its protocol
                "invalid_request_error",
                "authentication_error",
                "permission_error",
                "not_found_error",
                "rate_limit_error",
                "rate_limit_exceeded",
                "insufficient_quota",
                "quota_exceeded",
                "billing_hard_limit_reached",
                "billing_not_active",
                "billing_error",
                "invalid_api_key",
                "invalid_prompt",
                "account_deactivated",
                "organization_restricted",
                "context_length_exceeded",
                "string_above_max_length",
                "content_filter",
                "content_policy_violation",
                "model_not_found",
                "unsupported_parameter",
                "unsupported_value",
                "invalid_value",
                "missing_required_parameter",
                "server_error",
                "internal_server_error",
                "service_unavailable",
                "unsupported_country_region_territory",
                "requests",
                "tokens",
                // Anthropic
                "request_too_large",
                "api_error",
                "timeout_error",
                "overloaded_error",
                "overloaded",
                // Azure
                "ResponsibleAIPolicyViolation",
                "DeploymentNotFound",
                // Google
                "RESOURCE_EXHAUSTED",
                "INVALID_ARGUMENT",
                "FAILED_PRECONDITION",
                "PERMISSION_DENIED",
                "UNAUTHENTICATED",
                "NOT_FOUND",
                "INTERNAL",
                "UNAVAILABLE",
                "DEADLINE_EXCEEDED",
                "CANCELLED",
                // Amazon
                "ThrottlingException",
                "ValidationException",
                "AccessDeniedException",
                "ResourceNotFoundException",
                "ServiceQuotaExceededException",
                "ServiceUnavailableException",
                "ModelNotReadyException",
                "ModelTimeoutException",
                "ModelErrorException",
                "InternalServerException",
                "UnrecognizedClientException",
                "ExpiredTokenException",
                // Gateways and local servers
                "exceed_context_size_error",
                "BadRequestError",
                "NotFoundError",
                "InternalServerError",
                "UnauthorizedError",
                "auth_error",
                "token_not_found_in_db",
                "budget_exceeded",
                "throttling_error",
                "exceeded_current_quota_error",
                "engine_overloaded_error",
                "tokens_limit_reached",
                "validation",
                "generation",
                "Arrearage",
                "data_inspection_failed",
                "too_many_requests",
                "unavailable_error")
            .collect(toImmutableMap(ErrorText::squeezed, word -> word, (first, second) -> first));

    private static final List<String> MEMBERS = List.of("code", "type", "status", "error_type");

    private KnownCodes() {}

    /** The first known name in an error, after a colon; nothing where there is none. */
    static String told(JsonNode answer) {
      JsonNode first = answer.isArray() ? answer.path(0) : answer;
      for (JsonNode error : List.of(first.path("error"), first)) {
        for (String member : MEMBERS) {
          String known = BY_SQUEEZED.get(ErrorText.squeezed(error.path(member).asText("")));
          if (known != null) {
            return ": " + known;
          }
        }
      }
      return "";
    }
  }
}
