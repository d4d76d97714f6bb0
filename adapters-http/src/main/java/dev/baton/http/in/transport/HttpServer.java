package dev.baton.http.in.transport;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.api.MemoryBudget;
import dev.baton.http.in.api.Router;
import io.undertow.UndertowOptions;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Serves dialects over HTTP/1.1. All work is done on the I/O threads, one per core and at least
 * two; a handler that blocks one of them blocks its share of the connections.
 *
 * <p>{@link Builder#start}, {@link #drain} and {@link #close} are for one thread; the rest is
 * thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final int BUFFER_SIZE = 16 * 1024;
  // What Undertow's own parser takes, silently; the scanner's bounds are below it, and a head
  // beyond
  // them is ended there, so that it gets an answer.
  private static final int PARSER_HEAD_MAX = 64 * 1024;
  private static final int PARSER_FIELDS_MAX = 1_000;

  private final Builder settings;
  private final ServerStats stats;
  private final Drain drain;
  private final Set<StreamConnection> connections = ConcurrentHashMap.newKeySet();
  private final List<AcceptingChannel<StreamConnection>> listeners = new ArrayList<>();
  private final DefaultByteBufferPool buffers =
      new DefaultByteBufferPool(true, BUFFER_SIZE, -1, 4, 0);
  private final XnioWorker worker;

  private HttpServer(Builder settings) throws IOException {
    this.settings = settings;
    this.stats = settings.stats;
    this.drain = new Drain(stats);
    this.worker =
        Xnio.getInstance(HttpServer.class.getClassLoader())
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_NAME, "baton-http")
                    .set(Options.WORKER_IO_THREADS, settings.ioThreads)
                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                    .getMap());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where the server listens: with the port it got, if it was to pick one. */
  public InetSocketAddress address() {
    return addresses().get(0);
  }

  /** The first as {@link #address}, then the extra ones. */
  public List<InetSocketAddress> addresses() {
    return listeners.stream()
        .map(listener -> listener.getLocalAddress(InetSocketAddress.class))
        .toList();
  }

  public ServerStats stats() {
    return stats;
  }

  public boolean isDraining() {
    return drain.isDraining();
  }

  /**
   * Stops taking connections, answers what has been accepted, and closes each connection after its
   * reply. Blocks until that is done or the time is over.
   *
   * @return whether every accepted request was answered in time
   */
  @CanIgnoreReturnValue
  public boolean drain(Duration atMost) throws InterruptedException {
    listeners.forEach(IoUtils::safeClose);
    return drain.await(atMost);
  }

  /** Closes everything at once; what is under way gets no answer. */
  @Override
  public void close() {
    listeners.forEach(IoUtils::safeClose);
    connections.forEach(IoUtils::safeClose);
    worker.shutdownNow();
    buffers.close();
  }

  private void listen() throws IOException {
    Chain chain =
        new Chain(
            new RequestGate(settings.hostNames(), new CrossSite(settings.cors, settings.hosts)),
            new Router(settings.dialects),
            settings.cors,
            new Chain.Bounds(
                settings.maxBody,
                new MemoryBudget(settings.bodyBudget),
                new MemoryBudget(settings.replyBudget),
                settings.timeouts,
                drain,
                settings.spool),
            stats);
    HttpOpenListener http = new HttpOpenListener(buffers, parserOptions());
    http.setRootHandler(exchange -> new Call(exchange, wireOf(exchange), chain).start());
    for (int port : settings.ports) {
      listeners.add(listener(port, http));
    }
    listeners.forEach(AcceptingChannel::resumeAccepts);
  }

  private AcceptingChannel<StreamConnection> listener(int port, HttpOpenListener http) {
    try {
      return worker.createStreamConnectionServer(
          new InetSocketAddress(InetAddress.getByName(settings.host), port),
          ChannelListeners.openListenerAdapter(connection -> accept(connection, http)),
          socketOptions());
    } catch (IOException e) {
      throw new UncheckedIOException("can't listen on %s:%d".formatted(settings.host, port), e);
    }
  }

  private void accept(StreamConnection connection, HttpOpenListener http) {
    WireConduit wire = new WireConduit(connection.getSourceChannel().getConduit());
    connection.getSourceChannel().setConduit(wire);
    connections.add(connection);
    stats.connectionOpened();
    connection.setCloseListener(
        closed -> {
          connections.remove(closed);
          stats.connectionClosed();
          wire.closed();
        });
    http.handleEvent(connection);
  }

  private static WireConduit wireOf(HttpServerExchange exchange) {
    HttpServerConnection connection = (HttpServerConnection) exchange.getConnection();
    return (WireConduit) connection.getOriginalSourceConduit();
  }

  private OptionMap parserOptions() {
    return OptionMap.builder()
        .set(UndertowOptions.MAX_HEADER_SIZE, PARSER_HEAD_MAX)
        .set(UndertowOptions.MAX_HEADERS, PARSER_FIELDS_MAX)
        .set(UndertowOptions.MAX_PARAMETERS, WireScanner.TARGET_MAX)
        .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
        .set(UndertowOptions.DECODE_URL, false)
        .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, (int) settings.timeouts.head().toMillis())
        .set(UndertowOptions.NO_REQUEST_TIMEOUT, (int) settings.timeouts.idle().toMillis())
        .getMap();
  }

  private OptionMap socketOptions() {
    return OptionMap.builder()
        .set(Options.TCP_NODELAY, true)
        .set(Options.REUSE_ADDRESSES, true)
        .set(Options.BACKLOG, 1024)
        .set(Options.CONNECTION_HIGH_WATER, settings.maxConnections)
        .set(Options.CONNECTION_LOW_WATER, settings.maxConnections)
        .getMap();
  }

  /** What the server is told; not thread-safe. */
  public static final class Builder {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ServerStats stats = new ServerStats();
    private final List<Dialect> dialects = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>(List.of(0));
    private final Set<String> hosts = new HashSet<>();
    private String host = "127.0.0.1";
    private int ioThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private int maxConnections = 2_000;
    private long maxBody = 32L * 1024 * 1024;
    private long bodyBudget = Runtime.getRuntime().maxMemory() / 4;
    private long replyBudget = Runtime.getRuntime().maxMemory() / 8;
    private Timeouts timeouts = Timeouts.DEFAULT;
    private Cors cors = Cors.NONE;
    private Optional<Path> spool = Optional.empty();

    private Builder() {}

    /** What the server will have done: zeros until it starts. */
    public ServerStats stats() {
      return stats;
    }

    @CanIgnoreReturnValue
    public Builder dialect(Dialect dialect) {
      dialects.add(requireNonNull(dialect, "dialect"));
      return this;
    }

    /** The address to listen on: a name or a number; 127.0.0.1 by default. */
    @CanIgnoreReturnValue
    public Builder host(String host) {
      this.host = requireNonNull(host, "host");
      return this;
    }

    /** The port to listen on; 0, the default, picks a free one. */
    @CanIgnoreReturnValue
    public Builder port(int port) {
      ports.set(0, port);
      return this;
    }

    /** One more port with the same routes. */
    @CanIgnoreReturnValue
    public Builder extraPort(int port) {
      ports.add(port);
      return this;
    }

    /**
     * One more name that requests may call the server by, without port. Names are checked when the
     * server listens on loopback, or when at least one is given.
     */
    @CanIgnoreReturnValue
    public Builder allowHost(String name) {
      hosts.add(name.toLowerCase(Locale.ROOT));
      return this;
    }

    @CanIgnoreReturnValue
    public Builder ioThreads(int threads) {
      checkArgument(threads > 0, "at least one thread");
      this.ioThreads = threads;
      return this;
    }

    /** Open connections, beyond which none is accepted until one is closed; 2,000 by default. */
    @CanIgnoreReturnValue
    public Builder maxConnections(int connections) {
      checkArgument(connections > 0, "at least one connection");
      this.maxConnections = connections;
      return this;
    }

    /** Bytes of a request body where the route sets no bound of its own; 32 MiB by default. */
    @CanIgnoreReturnValue
    public Builder maxBody(long bytes) {
      checkArgument(bytes >= 0 && bytes <= 1 << 30, "a bound of at most 1 GiB");
      this.maxBody = bytes;
      return this;
    }

    /**
     * Bytes that all bodies above 16 KiB may take up together until they are answered; a quarter of
     * the heap by default. Beyond it, {@code OVERLOADED}; one that is alone may be as large as a
     * body may be.
     */
    @CanIgnoreReturnValue
    public Builder bodyBudget(long bytes) {
      checkArgument(bytes >= 0, "not negative: %s", bytes);
      this.bodyBudget = bytes;
      return this;
    }

    /**
     * Bytes that all replies above 16 KiB may take up together until they are sent; an eighth of
     * the heap by default. Beyond it no large prompt is handed out, and nothing is read, but for a
     * dialect that is {@linkplain Dialect#isAlwaysAnswered always answered}: {@code OVERLOADED}.
     */
    @CanIgnoreReturnValue
    public Builder replyBudget(long bytes) {
      checkArgument(bytes >= 0, "not negative: %s", bytes);
      this.replyBudget = bytes;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = requireNonNull(timeouts, "timeouts");
      return this;
    }

    @CanIgnoreReturnValue
    public Builder cors(Cors cors) {
      this.cors = requireNonNull(cors, "cors");
      return this;
    }

    /** An existing directory for uploads while they come; the system's temporary one by default. */
    @CanIgnoreReturnValue
    public Builder spool(Path directory) {
      this.spool = Optional.of(directory);
      return this;
    }

    /**
     * Listens, and only then returns.
     *
     * @throws UncheckedIOException that names the address which is taken or can't be listened on
     */
    public HttpServer start() {
      HttpServer server = null;
      boolean listens = false;
      try {
        server = new HttpServer(this);
        server.listen();
        listens = true;
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("can't listen on " + host, e);
      } finally {
        if (server != null && !listens) {
          server.close();
        }
      }
    }

    private Set<String> hostNames() throws IOException {
      boolean loopback = InetAddress.getByName(host).isLoopbackAddress();
      if (!loopback && hosts.isEmpty()) {
        return Set.of();
      }
      Set<String> names = new HashSet<>(hosts);
      names.addAll(LOOPBACK);
      names.add(host.toLowerCase(Locale.ROOT));
      return names;
    }
  }
}
