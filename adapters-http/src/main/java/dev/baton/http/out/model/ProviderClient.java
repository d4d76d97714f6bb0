package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.upstream.UpstreamCall;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.http.out.upstream.UpstreamLimits;
import dev.baton.http.out.upstream.UpstreamOutcome;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import dev.baton.http.out.upstream.UpstreamReply;
import dev.baton.http.out.upstream.UpstreamRequest;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One provider over HTTP. A call that a key is refused for goes on with the next key; whatever else
 * goes wrong ends it, because a provider that may have begun to answer is not asked twice.
 * Thread-safe.
 */
final class ProviderClient implements ModelClient {
  private static final Duration REST = Duration.ofSeconds(60);
  private static final System.Logger LOG = System.getLogger(ProviderClient.class.getName());

  private final ProviderSettings settings;
  private final Protocol protocol;
  private final UpstreamClient upstream;
  private final InstantSource clock;
  private final KeyRing keys;
  private final CircuitBreaker breaker;
  private final Set<Asked> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ProviderClient(
      ProviderSettings settings, Protocol protocol, UpstreamClient upstream, InstantSource clock) {
    this.settings = settings;
    this.protocol = protocol;
    this.upstream = upstream;
    this.clock = clock;
    this.keys = new KeyRing(settings.keys());
    this.breaker =
        CircuitBreaker.of(
            settings.name(),
            CircuitBreakerConfig.custom()
                .slidingWindow(20, 10, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(80)
                .waitDurationInOpenState(Duration.ofSeconds(10))
                .permittedNumberOfCallsInHalfOpenState(3)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
  }

  @Override
  public List<ModelSpec> models() {
    return settings.models();
  }

  @Override
  public boolean serves(ModelName model) {
    return models().stream().anyMatch(spec -> spec.name().equals(model));
  }

  @Override
  public Call ask(ModelRequest request, Consumer<String> onPiece) {
    if (!serves(request.model())) {
      return new Asked(Asked.unknown());
    }
    if (!breaker.tryAcquirePermission()) {
      return new Asked(
          Asked.refused(ModelFault.CIRCUIT_OPEN, "the provider failed too often a moment ago"));
    }
    Asked call = new Asked();
    open.add(call);
    Attempt attempt = new Attempt(request, new PieceTeller(request, onPiece, call), call);
    attempt.next(Optional.empty());
    if (closed) {
      call.abort();
    }
    return call;
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Asked::abort);
  }

  /** One call, with as many keys as it takes. */
  private final class Attempt {
    private final ModelRequest request;
    private final PieceTeller teller;
    private final Asked call;
    private final Set<String> tried = new HashSet<>();

    Attempt(ModelRequest request, PieceTeller teller, Asked call) {
      this.request = request;
      this.teller = teller;
      this.call = call;
    }

    /** Asks with the next key; without one, ends as the last did. */
    void next(Optional<Refused> last) {
      Optional<String> key = keys.next(tried, clock.instant());
      if (key.isEmpty()) {
        end(last.orElseThrow());
        return;
      }
      tried.add(key.get());
      try {
        ask(key.get());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a request could not be written", e);
        end(Asked.refused(ModelFault.BAD_REQUEST, "the request could not be written"));
      }
    }

    private void ask(String key) {
      StreamSink sink = new StreamSink(protocol.gatherer(request, teller::tell));
      UpstreamCall upstreamCall = upstream.send(toSend(key), sink);
      call.onAbort(upstreamCall::abort);
      var unused = upstreamCall.outcome().thenAccept(outcome -> ended(key, sink, outcome));
    }

    private UpstreamRequest toSend(String key) {
      Map<String, String> headers = new HashMap<>(protocol.headers());
      headers.put("Content-Type", "application/json");
      headers.put("User-Agent", "Baton");
      headers.put("X-Client-Request-Id", request.id());
      if (!key.isEmpty()) {
        headers.putAll(protocol.credential(key));
      }
      UpstreamLimits limits =
          UpstreamLimits.DEFAULT
              .withTimes(settings.timeout(), settings.idleTimeout())
              .withConnect(settings.connectTimeout());
      return UpstreamRequest.post(
              URI.create(settings.base() + protocol.path()), headers, protocol.body(request))
          .within(limits)
          .asConfigured();
    }

    private void ended(String key, StreamSink sink, UpstreamOutcome outcome) {
      ModelOutcome known = understood(sink, outcome);
      Optional<Refused> ofKey = rest(key, known, outcome);
      if (ofKey.isPresent() && !call.isOver()) {
        next(ofKey);
        return;
      }
      if (known instanceof Answered) {
        keys.works(key);
      }
      end(known);
    }

    /** Lets a key rest that is why the provider refused; then another may do better. */
    private Optional<Refused> rest(String key, ModelOutcome known, UpstreamOutcome outcome) {
      if (!(known instanceof Refused refused)
          || !(outcome instanceof Replied replied)
          || replied.reply().isOk()) {
        return Optional.empty();
      }
      // Used too fast is a matter of moments; refused or used up is not.
      Optional<Duration> howLong =
          switch (refused.fault()) {
            case AUTH -> Optional.of(REST);
            case RATE_LIMITED ->
                RetryAfter.of(replied.reply().headers(), clock.instant())
                    .or(() -> Optional.of(Duration.ofSeconds(1)));
            default -> Optional.empty();
          };
      howLong.ifPresent(time -> keys.rest(key, clock.instant(), time));
      return howLong.map(time -> refused);
    }

    private ModelOutcome understood(StreamSink sink, UpstreamOutcome outcome) {
      if (outcome instanceof Failed failed) {
        return sink.broken().<ModelOutcome>map(b -> invalid(b)).orElseGet(() -> Faults.of(failed));
      }
      UpstreamReply reply = ((Replied) outcome).reply();
      if (!reply.isOk()) {
        return Faults.of(reply, clock.instant());
      }
      try {
        return sink.isUsed() ? sink.outcome() : new Answered(read(reply));
      } catch (BrokenAnswerException e) {
        return invalid(e);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "an answer could not be read", e);
        return Asked.refused(ModelFault.UPSTREAM_INVALID, "the answer could not be read");
      }
    }

    private Completion read(UpstreamReply reply) {
      JsonNode answer =
          Json.object(reply.body())
              .orElseThrow(() -> new BrokenAnswerException("the answer is no JSON"));
      Completion completion = protocol.read(request, answer);
      teller.tell(completion.content());
      return completion;
    }

    private Refused invalid(BrokenAnswerException e) {
      return Asked.refused(ModelFault.UPSTREAM_INVALID, String.valueOf(e.getMessage()));
    }

    private void end(ModelOutcome outcome) {
      open.remove(call);
      settle(outcome);
      call.end(outcome);
    }

    /** Only what says that the provider is unwell counts; a refusal is an answer. */
    private void settle(ModelOutcome outcome) {
      if (outcome instanceof Refused refused) {
        switch (refused.fault()) {
          case OVERLOADED, TIMED_OUT, UPSTREAM_INVALID ->
              breaker.onError(0, TimeUnit.MILLISECONDS, new IllegalStateException("unwell"));
          case ABORTED -> breaker.releasePermission();
          default -> breaker.onSuccess(0, TimeUnit.MILLISECONDS);
        }
      } else {
        breaker.onSuccess(0, TimeUnit.MILLISECONDS);
      }
    }
  }
}
