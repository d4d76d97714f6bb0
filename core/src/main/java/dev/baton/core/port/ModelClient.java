package dev.baton.core.port;

import dev.baton.core.domain.prompt.ModelFault;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.prompt.ModelSpec;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Asks language models.
 *
 * <p><b>Threads:</b> safe for concurrent use; {@link #ask} never blocks. Futures complete, and
 * pieces are told, on threads of the implementation's: what is chained to them must be short.
 *
 * <p><b>Errors:</b> futures complete with a {@link ModelOutcome}, whatever the provider does; one
 * that completes with an exception is a bug. Every call ends within the implementation's bounds of
 * time and size. A model that is not served is refused as {@link ModelFault#BAD_REQUEST}, a call
 * after {@link #close} as {@link ModelFault#ABORTED}.
 *
 * <p>Implementations pass {@code ModelClientContract}.
 */
public interface ModelClient extends AutoCloseable {

  /** The models that are configured; empty when any name is taken. */
  List<ModelSpec> models();

  /** Whether a request for this model would be taken. */
  boolean serves(ModelName model);

  /**
   * Begins a call.
   *
   * @param onPiece is told the answer's pieces in order, one at a time, where the prompt's
   *     parameters ask for a stream; together they are the answer's text. What it throws is
   *     dropped, and costs the rest of the pieces, not the answer
   */
  Call ask(ModelRequest request, Consumer<String> onPiece);

  /** Ends all calls with {@link ModelFault#ABORTED}. */
  @Override
  void close();

  /** A call under way. */
  interface Call {

    CompletableFuture<ModelOutcome> outcome();

    /**
     * Gives the call up: the connection is closed, and the outcome is {@link ModelFault#ABORTED}
     * unless it was known before. Safe to call at any time and more than once.
     */
    void abort();
  }
}
