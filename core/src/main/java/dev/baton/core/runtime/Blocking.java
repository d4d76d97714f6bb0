package dev.baton.core.runtime;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.baton.core.domain.error.BatonException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** For code that runs on a thread which may block. */
public final class Blocking {

  private Blocking() {}

  /** The future's answer; its refusal is thrown as it is. */
  @CanIgnoreReturnValue
  public static <T> T on(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BatonException refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
