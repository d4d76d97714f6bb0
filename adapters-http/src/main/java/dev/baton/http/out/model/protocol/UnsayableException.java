package dev.baton.http.out.model.protocol;

/**
 * A request asks for what its provider's protocol has no words for. Sent without it, it would be
 * answered as something else than was asked, and the answer be final.
 */
public final class UnsayableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String said;

  /** One whose message names what can't be sent, and quotes nothing of the prompt. */
  UnsayableException(String message) {
    super(message);
    this.said = message;
  }

  /** The message. */
  public String said() {
    return said;
  }
}
