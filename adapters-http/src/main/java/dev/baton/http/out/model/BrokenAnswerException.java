package dev.baton.http.out.model;

/** What a provider said is no answer. The message quotes nothing of it. */
final class BrokenAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BrokenAnswerException(String message) {
    super(message);
  }
}
