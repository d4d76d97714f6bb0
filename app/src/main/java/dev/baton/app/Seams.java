package dev.baton.app;

import static java.util.Objects.requireNonNull;

import dev.baton.core.Baton;
import dev.baton.core.port.Store;
import java.util.function.UnaryOperator;

/**
 * Where tests plant something into a server.
 *
 * @param store is put between the core and the store
 * @param core changes how the core is built, last of all
 */
public record Seams(UnaryOperator<Store> store, UnaryOperator<Baton.Builder> core) {
  /** A server as it is. */
  public static final Seams NONE = new Seams(UnaryOperator.identity(), UnaryOperator.identity());

  public Seams {
    requireNonNull(store, "store");
    requireNonNull(core, "core");
  }

  /** With something around the store. */
  public static Seams aroundStore(UnaryOperator<Store> terminal) {
    return new Seams(terminal, NONE.core());
  }
}
