package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import dev.baton.core.domain.task.Completion;
import dev.baton.core.port.ModelClient;
import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.core.port.ModelOutcome.Refused;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.fault.Faults;
import dev.baton.http.out.model.protocol.Protocol;
import dev.baton.http.out.model.protocol.UnsayableException;
import dev.baton.http.out.upstream.Json;
import dev.baton.http.out.upstream.UpstreamCall;
import dev.baton.http.out.upstream.UpstreamClient;
import dev.baton.http.out.upstream.UpstreamLimits;
import dev.baton.http.out.upstream.UpstreamOutcome;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import dev.baton.http.out.upstream.UpstreamReply;
import dev.baton.http.out.upstream.UpstreamRequest;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * One provider over HTTP. A call that a key is refused for goes on with the next key; whatever else
 * goes wrong ends it, because a provider that may have begun to answer is not asked twice.
 * Thread-safe.
 */
final class ProviderClient implements ModelClient {
  /** What another key may help against. */
  private static final Set<ModelFault> KEYS_OWN =
      Sets.immutableEnumSet(ModelFault.AUTH, ModelFault.RATE_LIMITED);

  private static final System.Logger LOG = System.getLogger(ProviderClient.class.getName());

  private final ProviderSettings settings;
  private final Protocol protocol;
  private final UpstreamClient upstream;
  private final InstantSource clock;
  private final KeyRing keys;
  private final Map<ModelName, Breaker> breakers = new ConcurrentHashMap<>();
  private final Set<Asked> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  ProviderClient(
      ProviderSettings settings, Protocol protocol, UpstreamClient upstream, InstantSource clock) {
    this.settings = settings;
    this.protocol = protocol;
    this.upstream = upstream;
    this.clock = clock;
    this.keys = new KeyRing(settings.keys());
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
    Breaker breaker = breaker(request.model());
    Optional<Refused> unwell = breaker.refusal();
    if (unwell.isPresent()) {
      return new Asked(unwell.get());
    }
    Asked call = new Asked();
    open.add(call);
    Attempt attempt = new Attempt(request, new PieceTeller(request, onPiece, call), call, breaker);
    attempt.next(Optional.empty());
    if (closed) {
      call.abort();
    }
    return call;
  }

  /** One for each model: a sick one behind a gateway does not stop its healthy neighbours. */
  private Breaker breaker(ModelName model) {
    return Objects.requireNonNull(
        breakers.computeIfAbsent(model, m -> new Breaker(settings.name() + "/" + m, clock)));
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
    private final Breaker breaker;
    private final boolean probe;
    private final Set<String> tried = new HashSet<>();

    Attempt(ModelRequest request, PieceTeller teller, Asked call, Breaker breaker) {
      this.request = request;
      this.teller = teller;
      this.call = call;
      this.breaker = breaker;
      this.probe = breaker.isProbing();
    }

    /** Asks with the next key; without one, ends. */
    void next(Optional<Refused> last) {
      Instant now = clock.instant();
      Optional<String> key = keys.next(tried, now);
      if (key.isEmpty()) {
        end(keys.refusal(last.orElseThrow(), now));
        return;
      }
      tried.add(key.get());
      try {
        ask(key.get());
      } catch (UnsayableException e) {
        end(Faults.refused(ModelFault.BAD_REQUEST, e.said()));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a request could not be written", e);
        end(Faults.refused(ModelFault.BAD_REQUEST, "the request could not be written"));
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
          || replied.reply().isOk()
          || !KEYS_OWN.contains(refused.fault())) {
        return Optional.empty();
      }
      boolean news = keys.rest(key, clock.instant(), refused);
      if (news && refused.fault() == ModelFault.AUTH && keys.size() > 1) {
        LOG.log(
            System.Logger.Level.WARNING,
            "key {0} of {1} of provider {2} is of no use: {3}",
            keys.place(key),
            keys.size(),
            settings.name(),
            refused.message());
      }
      return Optional.of(refused);
    }

    private ModelOutcome understood(StreamSink sink, UpstreamOutcome outcome) {
      try {
        return outcome instanceof Failed failed
            ? brokenOff(sink, failed)
            : whole(sink, ((Replied) outcome).reply());
      } catch (BrokenAnswerException e) {
        return e.refused();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "an answer could not be read", e);
        return Faults.refused(ModelFault.UPSTREAM_INVALID, "the answer could not be read");
      }
    }

    /** What came before may be the whole answer: asking again would charge for it again. */
    private ModelOutcome brokenOff(StreamSink sink, Failed failed) {
      if (failed.fault() == UpstreamOutcome.Fault.ABORTED) {
        return Faults.of(failed);
      }
      if (sink.isWhole()) {
        return new Answered(sink.completion());
      }
      return sink.broken().map(BrokenAnswerException::refused).orElseGet(() -> Faults.of(failed));
    }

    private ModelOutcome whole(StreamSink sink, UpstreamReply reply) {
      if (!reply.isOk()) {
        return Faults.of(reply, clock.instant());
      }
      if (sink.isUsed()) {
        return new Answered(sink.completion());
      }
      if (!reply.isUtf8()) {
        throw new BrokenAnswerException("the answer is not UTF-8");
      }
      JsonNode answer =
          Json.container(reply.body())
              .orElseThrow(() -> new BrokenAnswerException("the answer is not JSON"));
      Faults.throwIfError(answer);
      return new Answered(read(answer));
    }

    private Completion read(JsonNode answer) {
      Completion completion = protocol.read(request, answer);
      teller.tell(completion.content());
      return completion;
    }

    private void end(ModelOutcome outcome) {
      open.remove(call);
      breaker.settle(outcome);
      call.end(probe ? breaker.ofProbe(outcome) : outcome);
    }
  }
}
