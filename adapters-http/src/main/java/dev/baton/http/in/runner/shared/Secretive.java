package dev.baton.http.in.runner.shared;

/** Data that are shown once with a secret and kept without it. */
public interface Secretive {
  /** The same without the secret. */
  Object withoutSecret();
}
