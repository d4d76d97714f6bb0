package dev.baton.http.in.transport;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Ends a connection whose client may be in the middle of sending. Closing at once would make the
 * kernel send a reset, and the client would never see the reply; so what still comes is thrown
 * away, for a while. Confined to the connection's I/O thread.
 */
final class LingeringClose {
  private static final long WHILE_MILLIS = 1_000;
  private static final long DISCARDED_MAX = 64L * 1024 * 1024;
  private static final int SCRATCH_SIZE = 16 * 1024;

  private final HttpServerConnection connection;
  private final WireConduit wire;
  private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_SIZE);
  private long discarded;

  LingeringClose(HttpServerExchange exchange, WireConduit wire) {
    this.connection = (HttpServerConnection) exchange.getConnection();
    this.wire = wire;
  }

  void start() {
    StreamSinkConduit sink = connection.getOriginalSinkConduit();
    try {
      sink.terminateWrites();
      sink.flush();
    } catch (IOException e) {
      close();
      return;
    }
    connection.getIoThread().executeAfter(this::close, WHILE_MILLIS, TimeUnit.MILLISECONDS);
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    source.setReadListener(readable -> discard());
    source.resumeReads();
    discard();
  }

  private void discard() {
    try {
      int count;
      do {
        count = wire.discard(scratch);
        discarded += Math.max(0, count);
      } while (count > 0 && discarded < DISCARDED_MAX);
      if (count != 0) {
        close();
      }
    } catch (IOException e) {
      close();
    }
  }

  private void close() {
    IoUtils.safeClose(connection);
  }
}
