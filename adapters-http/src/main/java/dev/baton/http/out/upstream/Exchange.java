package dev.baton.http.out.upstream;

import dev.baton.http.out.upstream.UpstreamOutcome.Failed;
import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import dev.baton.http.out.upstream.UpstreamOutcome.Replied;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One call on one connection: one thread runs it, any other may end it by closing the socket. */
final class Exchange implements UpstreamCall, Runnable {
  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
  private static final int PIECE = 16 * 1024;
  private static final int ADDRESSES_TRIED = 4;

  /** Bytes of a refusal's body; what says why is at its beginning. */
  private static final int REFUSAL_MAX = 64 * 1024;

  private final UpstreamRequest request;
  private final Optional<BodySink> sink;
  private final Ways ways;
  private final Consumer<Exchange> onEnd;
  private final CompletableFuture<UpstreamOutcome> outcome = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Socket socket;
  private volatile @Nullable Future<?> deadline;

  /** How calls get to where they go. */
  record Ways(Guard guard, Dialer dialer, Supplier<SSLSocketFactory> tls) {}

  Exchange(UpstreamRequest request, Optional<BodySink> sink, Ways ways, Consumer<Exchange> onEnd) {
    this.request = request;
    this.sink = sink;
    this.ways = ways;
    this.onEnd = onEnd;
  }

  @Override
  public CompletableFuture<UpstreamOutcome> outcome() {
    return outcome;
  }

  @Override
  public void abort() {
    fail(Fault.ABORTED, "the call was given up");
  }

  void timeOut() {
    fail(Fault.TIMED_OUT, "no whole answer within " + request.limits().total().toMillis() + " ms");
  }

  /** What ends the call when its time is over. */
  void over(Future<?> alarm) {
    deadline = alarm;
    if (ended.get()) {
      alarm.cancel(false);
    }
  }

  void fail(Fault fault, String message) {
    end(new Failed(fault, message));
  }

  private void end(UpstreamOutcome how) {
    Future<?> alarm = deadline;
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    // First, so that whoever learns of the end finds the connection closed.
    close();
    onEnd.accept(this);
    outcome.complete(how);
  }

  /** The socket beneath TLS: closing it waits for nobody. */
  private void close() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection did not close", e);
      }
    }
  }

  @Override
  public void run() {
    try {
      end(new Replied(converse()));
    } catch (UpstreamException e) {
      fail(e.fault(), Texts.line(e));
    } catch (SocketTimeoutException e) {
      fail(Fault.TIMED_OUT, Texts.line(e));
    } catch (UnknownHostException e) {
      fail(Fault.UNREACHABLE, "no such host");
    } catch (IOException e) {
      fail(Fault.UNREACHABLE, Texts.line(e));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.ERROR, "a call ended in a bug", e);
      fail(Fault.INVALID, "the answer could not be read");
    } finally {
      close();
    }
  }

  private UpstreamReply converse() throws IOException {
    Socket connection = connect(ways.guard().addresses(request));
    @Nullable IOException unsent = send(connection);
    try {
      ReplyReader reader =
          new ReplyReader(new BufferedInputStream(connection.getInputStream(), PIECE));
      ReplyReader.Head head = reader.head();
      return reply(head, reader, connection);
    } catch (IOException e) {
      // A server may refuse, and close, before it has read all; if it said nothing, this is why.
      throw unsent == null ? e : unsent;
    }
  }

  private Socket connect(List<InetAddress> addresses) throws IOException {
    int port = OutboundUrls.portOf(request.uri());
    int tries = Math.min(ADDRESSES_TRIED, addresses.size());
    Duration share = request.limits().connect().dividedBy(tries);
    IOException last = new UnknownHostException();
    for (InetAddress address : addresses.subList(0, tries)) {
      try {
        InetSocketAddress target = new InetSocketAddress(address, port);
        Socket plain = ways.dialer().dial(target, share, this::opened);
        return "https".equalsIgnoreCase(request.uri().getScheme()) ? secured(plain, port) : plain;
      } catch (IOException e) {
        last = e;
        if (ended.get()) {
          break;
        }
        close();
      }
    }
    throw last;
  }

  private void opened(Socket opened) throws IOException {
    socket = opened;
    if (ended.get()) {
      throw new IOException("the call is over");
    }
  }

  /** Agrees on TLS by the name in the URL, whatever address it led to. */
  private Socket secured(Socket plain, int port) throws IOException {
    String host = request.uri().getHost().replaceAll("[\\[\\]]", "");
    plain.setSoTimeout((int) request.limits().connect().toMillis());
    SSLSocket secure = (SSLSocket) ways.tls().get().createSocket(plain, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    plain.setSoTimeout(0);
    return secure;
  }

  private @Nullable IOException send(Socket connection) {
    try {
      connection.getOutputStream().write(RequestBytes.of(request));
      connection.getOutputStream().flush();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private UpstreamReply reply(ReplyReader.Head head, ReplyReader reader, Socket connection)
      throws IOException {
    boolean refused = head.status() > 299;
    int idle = (int) Math.min(Integer.MAX_VALUE, request.limits().idle().toMillis());
    if (refused) {
      connection.setSoTimeout(idle);
    }
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    boolean cut;
    try {
      cut = gather(head, reader.body(request.method(), head), gathered, connection, idle);
    } catch (IOException e) {
      // The status of a refusal is what counts; its body only says why.
      if (!refused) {
        throw e;
      }
      cut = true;
    }
    return new UpstreamReply(head.status(), head.headers(), gathered.toByteArray(), cut);
  }

  /** Takes the body to its end, or to where no more of it is wanted; whether it was cut. */
  private boolean gather(
      ReplyReader.Head head,
      InputStream body,
      ByteArrayOutputStream gathered,
      Socket connection,
      int idle)
      throws IOException {
    boolean wanted = sink.isPresent() && sink.get().wants(head.status(), head.headers());
    int room = head.status() > 299 ? Math.min(REFUSAL_MAX, maxBody()) : maxBody();
    boolean cuts = request.limits().cut() || head.status() > 299;
    byte[] piece = new byte[PIECE];
    boolean more = true;
    while (more) {
      int n = read(body, piece);
      if (n < 0) {
        break;
      }
      connection.setSoTimeout(idle);
      if (n > room && !cuts) {
        throw new UpstreamException(
            Fault.TOO_LARGE, "the answer is larger than " + maxBody() + " bytes");
      }
      int taken = Math.min(n, room);
      room -= taken;
      if (wanted) {
        more = sink.orElseThrow().take(piece, taken);
      } else {
        gathered.write(piece, 0, taken);
      }
      if (taken < n) {
        return true;
      }
    }
    return false;
  }

  private int maxBody() {
    return request.limits().maxBody();
  }

  private static int read(InputStream body, byte[] piece) throws IOException {
    try {
      return body.read(piece, 0, piece.length);
    } catch (UpstreamException | SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw UpstreamException.invalid("the answer broke off: " + Texts.line(e));
    }
  }
}
