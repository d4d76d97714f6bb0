package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes faults of what goes wrong. What a provider says of an error may quote the prompt or the
 * key, so only its status and a name from {@link KnownCodes} go into the message.
 */
final class Faults {

  private Faults() {}

  static Refused of(UpstreamReply reply, Instant now) {
    ModelFault fault = FaultTable.fault(reply.status(), ErrorText.of(reply.body()));
    Optional<Duration> retryAfter =
        isPassing(fault)
            ? RateHeaders.retryAfter(reply.headers(), now).or(() -> RetryHints.of(reply.body()))
            : Optional.empty();
    String code = Json.container(reply.body()).map(KnownCodes::told).orElse("");
    return new Refused(fault, "the provider answered " + reply.status() + code, retryAfter);
  }

  /** An error that stands where an answer would, or the rest of one, after a status of success. */
  static Refused ofError(JsonNode answer) {
    ErrorText said = ErrorText.of(answer);
    ModelFault fault = FaultTable.fault(said.status().orElse(FaultTable.NO_STATUS), said);
    return new Refused(
        fault,
        "the provider answered with an error" + KnownCodes.told(answer),
        isPassing(fault) ? RetryHints.of(Json.text(answer)) : Optional.empty());
  }

  /**
   * Looks for an error in what should be an answer, or a part of one.
   *
   * @throws BrokenAnswerException when it is one
   */
  static void throwIfError(JsonNode answer) {
    if (ErrorText.isError(answer)) {
      throw new BrokenAnswerException(ofError(answer));
    }
  }

  private static boolean isPassing(ModelFault fault) {
    return fault == ModelFault.RATE_LIMITED || fault == ModelFault.OVERLOADED;
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
}
