package dev.baton.http.in.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.http.in.api.StreamWriter;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes a streamed reply: pieces are queued by any thread and sent by the connection's I/O thread.
 * The queue is guarded by this object's lock, which is never held while something is written or
 * called.
 */
final class StreamSender implements StreamWriter {
  static final int PIECES_MAX = 256;
  static final int BYTES_MAX = 1024 * 1024;

  private final HttpServerExchange exchange;
  private final Duration timeout;
  private final ClientWatch watch;
  private final StreamSinkChannel channel;
  // Only the I/O thread uses it.
  private @Nullable ByteBuffer sending;
  private XnioExecutor.@Nullable Key overdue;

  @GuardedBy("this")
  private final Queue<ByteBuffer> queue = new ArrayDeque<>();

  @GuardedBy("this")
  private final List<Runnable> closeActions = new ArrayList<>(1);

  @GuardedBy("this")
  private @Nullable Runnable drainAction;

  @GuardedBy("this")
  private int queuedBytes;

  @GuardedBy("this")
  private boolean closing;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean scheduled;

  StreamSender(HttpServerExchange exchange, WireConduit wire, Duration timeout) {
    this.exchange = exchange;
    this.timeout = timeout;
    this.channel = exchange.getResponseChannel();
    this.watch = new ClientWatch(exchange, wire);
  }

  void start(Consumer<StreamWriter> source) {
    watch.add(this::abort);
    exchange.getConnection().addCloseListener(connection -> over());
    source.accept(this);
    pump();
  }

  @Override
  public boolean write(byte[] bytes) {
    boolean tooSlow;
    synchronized (this) {
      if (closing || closed) {
        return false;
      }
      tooSlow = queue.size() >= PIECES_MAX || queuedBytes + bytes.length > BYTES_MAX;
      if (!tooSlow) {
        queue.add(ByteBuffer.wrap(bytes));
        queuedBytes += bytes.length;
      }
    }
    if (tooSlow) {
      abort();
    } else {
      schedule();
    }
    return !tooSlow;
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    schedule();
  }

  @Override
  public void onDrained(Runnable action) {
    synchronized (this) {
      if (closing || closed) {
        return;
      }
      drainAction = action;
    }
    schedule();
  }

  @Override
  public void onClosed(Runnable action) {
    synchronized (this) {
      if (!closed) {
        closeActions.add(action);
        return;
      }
    }
    action.run();
  }

  private void schedule() {
    synchronized (this) {
      if (scheduled || closed) {
        return;
      }
      scheduled = true;
    }
    try {
      exchange.getIoThread().execute(this::pump);
    } catch (RejectedExecutionException e) {
      // The server is closed, and all its connections with it.
      over();
    }
  }

  private synchronized boolean isOver() {
    return closed;
  }

  private synchronized @Nullable ByteBuffer next() {
    ByteBuffer piece = queue.poll();
    queuedBytes -= piece == null ? 0 : piece.remaining();
    scheduled = piece != null;
    return piece;
  }

  /** Also called when all is over: by then the connection is another request's. */
  private void pump() {
    if (isOver()) {
      return;
    }
    try {
      while (true) {
        ByteBuffer piece = sending != null ? sending : next();
        sending = piece;
        if (piece == null) {
          break;
        }
        while (piece.hasRemaining()) {
          if (channel.write(piece) == 0) {
            awaitWritable();
            return;
          }
          progressed();
        }
        sending = null;
      }
      drained();
    } catch (IOException e) {
      abort();
    }
  }

  /** Everything queued is in the channel: send it on, and end the body if that was all. */
  private void drained() throws IOException {
    boolean last;
    synchronized (this) {
      last = closing && queue.isEmpty();
    }
    if (last) {
      watch.stop();
      channel.shutdownWrites();
    }
    if (!channel.flush()) {
      awaitWritable();
      return;
    }
    progressed();
    if (last) {
      over();
      exchange.endExchange();
    } else {
      channel.suspendWrites();
      askForMore();
    }
  }

  private void askForMore() {
    Runnable action;
    synchronized (this) {
      action = queue.isEmpty() ? drainAction : null;
      drainAction = action == null ? drainAction : null;
    }
    if (action != null) {
      action.run();
    }
  }

  private void awaitWritable() {
    channel.getWriteSetter().set(writable -> pump());
    channel.resumeWrites();
    if (overdue == null) {
      overdue =
          exchange
              .getIoThread()
              .executeAfter(this::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void progressed() {
    XnioExecutor.Key running = overdue;
    if (running != null) {
      running.remove();
      overdue = null;
    }
  }

  @Override
  public void abort() {
    over();
    IoUtils.safeClose(exchange.getConnection());
  }

  private void over() {
    List<Runnable> actions;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.clear();
      actions = List.copyOf(closeActions);
    }
    actions.forEach(Runnable::run);
  }
}
