package dev.baton.http.in.transport;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.util.ArrayList;
import java.util.List;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Notices that a client hangs up while its reply is being waited for. Undertow itself looks at the
 * connection again only when it has something to write. Confined to the connection's I/O thread.
 */
final class ClientWatch {
  private final WireConduit wire;
  private final List<Runnable> actions = new ArrayList<>(1);
  private boolean over;
  private boolean gone;

  ClientWatch(HttpServerExchange exchange, WireConduit wire) {
    this.wire = wire;
    ((HttpServerConnection) exchange.getConnection())
        .getChannel()
        .getSourceChannel()
        .setReadListener(this::readable);
    wire.watch();
  }

  void add(Runnable action) {
    if (gone) {
      action.run();
    } else if (!over) {
      actions.add(action);
    }
  }

  /** The reply is on its way: from here on it does not matter. */
  void stop() {
    over = true;
    actions.clear();
    wire.unwatch();
  }

  void gone() {
    if (!over) {
      over = true;
      gone = true;
      actions.forEach(Runnable::run);
      actions.clear();
    }
  }

  private void readable(ConduitStreamSourceChannel source) {
    if (over || !wire.hasRoomAhead()) {
      wire.unwatch();
    } else if (!wire.isClientThere()) {
      wire.unwatch();
      gone();
    }
  }
}
