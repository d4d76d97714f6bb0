package dev.baton.http.in.api;

import static dev.baton.http.in.api.FieldErrors.invalid;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.access.TenantId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a handler is asked. Knows no socket: {@link #builder} makes one anywhere. To be used by the
 * handler that got it, by one thread at a time; the body may be kept.
 */
public final class Request {
  private static final byte[] NO_BODY = {};

  private final String method;
  private final String path;
  private final Map<String, String> pathParameters;
  private final Query query;
  private final Function<String, @Nullable String> headers;
  private final byte[] body;
  private final String id;
  private final TenantId tenant;
  private final Consumer<Runnable> clientGone;
  private final @Nullable Path upload;
  private final BooleanSupplier otherSite;
  private final ReplyHold hold;

  private Request(Builder from) {
    this.method = from.method;
    this.path = from.path;
    this.pathParameters = from.pathParameters;
    this.query = new Query(from.query);
    this.headers = from.headers;
    this.body = from.body;
    this.id = from.id;
    this.tenant = from.tenant;
    this.clientGone = from.clientGone;
    this.upload = from.upload;
    this.otherSite = from.otherSite;
    this.hold = from.hold;
  }

  /** One for this tenant's work: there is no default, lest a caller read another's. */
  public static Builder builder(String method, String path, TenantId tenant) {
    return new Builder(method, path, tenant);
  }

  public String method() {
    return method;
  }

  /** As it was sent: not decoded, without the query. */
  public String path() {
    return path;
  }

  /** The decoded segment that stands for {@code {name}} in the route's pattern. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalStateException("the route of " + path + " has no {" + name + "}");
    }
    return value;
  }

  /**
   * A query parameter, decoded; empty when it is absent.
   *
   * @throws TransportRefusal if it is given twice, or the query string is malformed
   */
  public Optional<String> queryString(String name) {
    return query.single(name);
  }

  /** The names of the query's parameters that are none of these, each once, in order. */
  public List<String> queryNamesBeside(Set<String> known) {
    return query.others(known);
  }

  /**
   * A whole number in the query: ASCII digits only, no sign, no blanks.
   *
   * @throws FieldErrors if it is no such number, or out of the range, whose ends belong to it
   */
  public int queryInt(String name, int absent, int min, int max) {
    String text = query.single(name).orElse(null);
    if (text == null) {
      return absent;
    }
    long value = digits(text);
    if (value < 0) {
      throw invalid(
          "Input should be a valid integer, unable to parse string as an integer",
          "int_parsing",
          "query",
          name);
    }
    if (value < min) {
      throw invalid(
          "Input should be greater than or equal to " + min, "greater_than_equal", "query", name);
    }
    if (value > max) {
      throw invalid(
          "Input should be less than or equal to " + max, "less_than_equal", "query", name);
    }
    return (int) value;
  }

  /** The first value of a header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  /**
   * Whether a browser says that a page of another site asks, whoever is named in the settings. With
   * an unsafe method such a request gets no further than the gate; a route whose GET changes
   * something has to ask.
   */
  public boolean isFromOtherSite() {
    return otherSite.getAsBoolean();
  }

  /** The whole body, empty if there was none. Not a copy: not to be changed. */
  public byte[] body() {
    return body;
  }

  /**
   * The file that an upload was kept in, see {@link Route#withUpload}; it is there until the
   * request is answered.
   */
  public Optional<Path> upload() {
    return Optional.ofNullable(upload);
  }

  /** What the client sent as X-Request-ID, or else made up; it is in the reply and in the log. */
  public String id() {
    return id;
  }

  /** Whose work it asks for: no handler reads or changes any other. */
  public TenantId tenant() {
    return tenant;
  }

  /**
   * Runs once, on an I/O thread, if the client closes its connection before the reply is sent; at
   * once if it has gone already. For what waits for long, so that nothing is given to a caller who
   * is not there.
   */
  public void onClientGone(Runnable action) {
    clientGone.accept(action);
  }

  /**
   * What the reply takes up until it is sent. Who makes a large one takes room for it first, and
   * says what is to be undone if the reply does not reach its client.
   */
  public ReplyHold reply() {
    return hold;
  }

  /** Beyond 18 digits nothing is a number that anyone means; -1 for what is none. */
  private static long digits(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return text.isEmpty() || !isDigits(text) ? -1 : Long.MAX_VALUE;
    }
    return isDigits(text) ? Long.parseLong(text) : -1;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** What a test, or the server, puts together; not thread-safe. */
  public static final class Builder {
    private final String method;
    private final String path;
    private final TenantId tenant;
    private Map<String, String> pathParameters = Map.of();
    private String query = "";
    private Function<String, @Nullable String> headers = name -> null;
    private @Nullable Map<String, String> headerMap;
    private byte[] body = NO_BODY;
    private String id = "request";
    private Consumer<Runnable> clientGone = action -> {};
    private @Nullable Path upload;
    private BooleanSupplier otherSite = () -> false;
    private ReplyHold hold = new ReplyHold(MemoryBudget.unbounded());

    private Builder(String method, String path, TenantId tenant) {
      this.method = method;
      this.path = path;
      this.tenant = requireNonNull(tenant, "tenant");
    }

    @CanIgnoreReturnValue
    public Builder pathParameters(Map<String, String> parameters) {
      this.pathParameters = parameters;
      return this;
    }

    /** As it stands in the URL, without the question mark. */
    @CanIgnoreReturnValue
    public Builder query(String raw) {
      this.query = raw;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder header(String name, String value) {
      Map<String, String> known = headerMap;
      if (known == null) {
        known = new HashMap<>();
        headerMap = known;
        Map<String, String> lookup = known;
        headers = wanted -> lookup.get(wanted.toLowerCase(Locale.ROOT));
      }
      known.put(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    /** Where to look headers up, by a name in any case. */
    @CanIgnoreReturnValue
    public Builder headers(Function<String, @Nullable String> headers) {
      this.headers = headers;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder body(byte[] body) {
      this.body = body;
      return this;
    }

    /** A body of JSON, with its content type. */
    @CanIgnoreReturnValue
    public Builder json(String json) {
      return header("Content-Type", Reply.JSON_TYPE).body(json.getBytes(UTF_8));
    }

    @CanIgnoreReturnValue
    public Builder id(String id) {
      this.id = id;
      return this;
    }

    /** What keeps the actions for {@link Request#onClientGone}. */
    @CanIgnoreReturnValue
    public Builder clientGone(Consumer<Runnable> clientGone) {
      this.clientGone = clientGone;
      return this;
    }

    /** Whether a page of another site asks; looked at when it matters. */
    @CanIgnoreReturnValue
    public Builder otherSite(BooleanSupplier otherSite) {
      this.otherSite = otherSite;
      return this;
    }

    /** What the reply takes up; by default nobody counts it. */
    @CanIgnoreReturnValue
    public Builder hold(ReplyHold hold) {
      this.hold = hold;
      return this;
    }

    /** The file that an upload was kept in. */
    @CanIgnoreReturnValue
    public Builder upload(Path file) {
      this.upload = file;
      return this;
    }

    public Request build() {
      return new Request(this);
    }
  }
}
