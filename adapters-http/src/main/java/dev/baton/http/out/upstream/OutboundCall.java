package dev.baton.http.out.upstream;

import dev.baton.core.domain.error.DurationText;
import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.jspecify.annotations.Nullable;

/**
 * One call: an attempt at one address after the other, until something of the request was sent.
 * After that it is never sent again, because whoever got it may have acted on it. Thread-safe.
 */
final class OutboundCall implements UpstreamCall {
  private static final System.Logger LOG = System.getLogger(OutboundCall.class.getName());
  private static final int ADDRESSES_TRIED = 4;

  /** For the rest of an answer of which nothing more is wanted. */
  private static final Duration REST = Duration.ofSeconds(1);

  /** For the body of an answer whose head alone counts. */
  private static final Duration BODY = Duration.ofSeconds(2);

  private final UpstreamRequest request;
  private final Optional<BodySink> sink;
  private final Ways ways;
  private final Consumer<OutboundCall> onEnd;
  private final CompletableFuture<UpstreamOutcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Alarm total;
  private final Alarm phase;
  private final Deque<InetAddress> addresses = new ArrayDeque<>();
  private Duration share;
  private boolean repeated;
  private volatile @Nullable Attempt attempt;

  /** How calls get to where they go, and what ends them. */
  record Ways(Guard guard, Supplier<Transport> transport, ScheduledExecutorService timer) {}

  OutboundCall(
      UpstreamRequest request, Optional<BodySink> sink, Ways ways, Consumer<OutboundCall> onEnd) {
    this.request = request;
    this.sink = sink;
    this.ways = ways;
    this.onEnd = onEnd;
    this.total = new Alarm(ways.timer());
    this.phase = new Alarm(ways.timer());
    this.share = request.limits().connect();
  }

  @Override
  public CompletableFuture<UpstreamOutcome> outcome() {
    return outcome;
  }

  @Override
  public void abort() {
    fail(Fault.ABORTED, "the call was given up");
  }

  /** Starts the clock of the whole call. */
  void watch() {
    Duration most = request.limits().total();
    Failed late = new Failed(Fault.TIMED_OUT, "no whole answer within " + DurationText.of(most));
    total.set(
        most,
        () -> {
          Attempt open = attempt;
          end(open == null ? late : open.brokenOff(late));
        });
  }

  /** Looks the host up and makes the first attempt; may block. */
  void start() {
    phase.set(share, () -> fail(Fault.TIMED_OUT, "the host was not found in time"));
    try {
      List<InetAddress> found = ways.guard().addresses(request);
      int tries = Math.min(ADDRESSES_TRIED, found.size());
      addresses.addAll(found.subList(0, tries));
      share = share.dividedBy(tries);
      next();
    } catch (IOException e) {
      end(CallFaults.of(e, false));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a call ended in a bug", e);
      fail(Fault.INVALID, "the call could not be made");
    }
  }

  private void next() {
    Attempt next = new Attempt(addresses.remove());
    attempt = next;
    next.begin();
    if (ended.get()) {
      next.cancel();
    }
  }

  void fail(Fault fault, String message) {
    end(new Failed(fault, message));
  }

  /** First the connection, so that whoever learns of the end finds it closed. */
  private void end(UpstreamOutcome how) {
    Attempt open = attempt;
    if (!ended.get() && open != null) {
      open.cancel();
    }
    tell(how);
  }

  private void tell(UpstreamOutcome how) {
    if (ended.compareAndSet(false, true)) {
      total.cancel();
      onEnd.accept(this);
      outcome.complete(how);
    }
  }

  /** One exchange with one address. Its steps exclude each other by its own lock. */
  private final class Attempt
      implements FutureCallback<Void>, ReplyConsumer.Listener, Transport.OnSend {
    private final InetAddress address;
    private final ReplyConsumer consumer = new ReplyConsumer(request, sink, this);
    private boolean sent;
    private boolean over;
    private boolean whole;
    private @Nullable Future<Void> exchange;
    private volatile long pieceAt;
    private volatile boolean begun;

    Attempt(InetAddress address) {
      this.address = address;
    }

    void begin() {
      phase.set(share, this::unconnected);
      Future<Void> started =
          ways.transport()
              .get()
              .execute(
                  RequestWriter.target(request, address),
                  RequestWriter.producer(request),
                  consumer,
                  this,
                  this);
      synchronized (this) {
        exchange = started;
        if (!over) {
          return;
        }
      }
      started.cancel(true);
    }

    /** Closes the connection, unless the exchange is over. */
    void cancel() {
      Future<Void> running;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        running = exchange;
      }
      phase.cancel();
      if (running != null) {
        running.cancel(true);
      }
    }

    private synchronized boolean isSent() {
      return sent;
    }

    @Override
    public synchronized void sending() throws IOException {
      if (over || ended.get()) {
        throw new IOException("the call is over");
      }
      sent = true;
      phase.cancel();
    }

    private void unconnected() {
      synchronized (this) {
        if (sent || over) {
          return;
        }
      }
      cancel();
      nextOr(new Failed(Fault.TIMED_OUT, "no connection in time"));
    }

    private void nextOr(UpstreamOutcome last) {
      if (addresses.isEmpty() || ended.get()) {
        end(last);
      } else {
        OutboundCall.this.next();
      }
    }

    @Override
    public void onHead(ReplyHead head) {
      if (request.limits().cut()) {
        begun = true;
        phase.set(BODY, this::leaveBody);
      } else if (head.isRefusal()) {
        onPiece();
      }
    }

    private void leaveBody() {
      cancel();
      end(new Replied(consumer.reply(true)));
    }

    @Override
    public void onPiece() {
      pieceAt = System.nanoTime();
      if (!begun) {
        begun = true;
        phase.set(request.limits().idle(), this::checkPause);
      }
    }

    private void checkPause() {
      Duration left = request.limits().idle().minusNanos(System.nanoTime() - pieceAt);
      if (!left.isNegative() && !left.isZero()) {
        phase.set(left, this::checkPause);
        return;
      }
      cancel();
      end(brokenOff(new Failed(Fault.TIMED_OUT, "the answer paused for too long")));
    }

    /** The status of a refusal is what counts, and any where the body may be cut. */
    private UpstreamOutcome brokenOff(UpstreamOutcome otherwise) {
      boolean counts =
          consumer.head().filter(head -> head.isRefusal() || request.limits().cut()).isPresent();
      return counts ? new Replied(consumer.reply(true)) : otherwise;
    }

    @Override
    public void onEnough(UpstreamReply reply) {
      phase.set(REST, this::cancel);
      tell(new Replied(reply));
    }

    @Override
    public void completed(Void nothing) {
      whole = true;
      // Until the request is out, too, if the answer came before its end.
      phase.set(REST, this::whole);
    }

    @Override
    public void onRelease() {
      if (whole) {
        synchronized (this) {
          over = true;
        }
        whole();
      }
    }

    private void whole() {
      end(new Replied(consumer.reply(false)));
      cancel();
      phase.cancel();
    }

    @Override
    public void failed(Exception cause) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      phase.cancel();
      if (isSent()) {
        end(brokenOff(CallFaults.of(cause, consumer.head().isPresent())));
        return;
      }
      if (cause instanceof ConnectionClosedException && !repeated) {
        // A connection from the pool, which the other side closed before anything was written.
        repeated = true;
        addresses.addFirst(address);
      }
      nextOr(CallFaults.of(cause, false));
    }

    @Override
    public void cancelled() {
      failed(new IOException("the exchange was cancelled"));
    }
  }
}
