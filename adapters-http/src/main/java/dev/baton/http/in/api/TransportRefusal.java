package dev.baton.http.in.api;

/**
 * A request that is refused before any dialect is concerned: it breaks HTTP, a bound of the server,
 * or the rules of a query string.
 */
public final class TransportRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public TransportRefusal(int status, String code, String message) {
    // Who called what is of no interest for a refusal, and collecting it is slow under attack.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  /** Stable, in capitals: {@code MALFORMED_PATH}. */
  public String code() {
    return code;
  }
}
