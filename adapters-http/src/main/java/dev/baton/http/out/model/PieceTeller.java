package dev.baton.http.out.model;

import dev.baton.core.domain.prompt.ModelRequest;
import java.util.function.Consumer;

/** Tells pieces to one who may break, which costs it the rest and nobody else. For one thread. */
final class PieceTeller {
  private static final System.Logger LOG = System.getLogger(PieceTeller.class.getName());

  private final Consumer<String> listener;
  private final Asked call;
  private boolean deaf;

  PieceTeller(ModelRequest request, Consumer<String> listener, Asked call) {
    this.listener = listener;
    this.call = call;
    this.deaf = !request.prompt().parameters().stream();
  }

  void tell(String piece) {
    if (deaf || piece.isEmpty() || call.isOver()) {
      return;
    }
    try {
      listener.accept(piece);
    } catch (RuntimeException e) {
      deaf = true;
      LOG.log(System.Logger.Level.WARNING, "a listener of a model's answer broke", e);
    }
  }
}
