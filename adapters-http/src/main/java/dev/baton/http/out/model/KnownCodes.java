package dev.baton.http.out.model;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of errors that may be told. A provider's code may be anything, also the key that was
 * sent; so what is told is always a word from this list, never the provider's own text.
 */
final class KnownCodes {
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
