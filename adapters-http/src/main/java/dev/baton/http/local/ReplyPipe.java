package dev.baton.http.local;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.baton.http.in.api.StreamWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A streamed reply between its source and one reader in this process. The reader's thread asks the
 * source for more when all is read, and waits while there is nothing. The lock is this object's; no
 * action runs under it.
 */
final class ReplyPipe implements StreamWriter {
  private static final int PIECES_MAX = 256;

  @GuardedBy("this")
  private final Queue<byte[]> pieces = new ArrayDeque<>();

  @GuardedBy("this")
  private final List<Runnable> closeActions = new ArrayList<>(1);

  @GuardedBy("this")
  private @Nullable Runnable drainAction;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private boolean aborted;

  InputStream in() {
    return new Pieces();
  }

  @Override
  public boolean write(byte[] bytes) {
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (pieces.size() < PIECES_MAX) {
        pieces.add(bytes);
        notifyAll();
        return true;
      }
    }
    abort();
    return false;
  }

  @Override
  public synchronized void onDrained(Runnable action) {
    drainAction = closed ? null : action;
    notifyAll();
  }

  @Override
  public void abort() {
    end(true);
  }

  @Override
  public void close() {
    end(false);
  }

  private void end(boolean cut) {
    List<Runnable> actions;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      aborted = cut;
      drainAction = null;
      actions = List.copyOf(closeActions);
      notifyAll();
    }
    actions.forEach(Runnable::run);
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

  /** The next piece, or null at the end; runs what waits for the reader meanwhile. */
  private byte @Nullable [] next() throws IOException {
    while (true) {
      Runnable more;
      synchronized (this) {
        awaitMore();
        byte[] piece = pieces.poll();
        if (piece != null) {
          return piece;
        }
        if (aborted) {
          throw new IOException("the reply was cut short");
        }
        if (closed) {
          return null;
        }
        more = requireNonNull(drainAction);
        drainAction = null;
      }
      more.run();
    }
  }

  private synchronized void awaitMore() throws InterruptedIOException {
    try {
      while (pieces.isEmpty() && !closed && drainAction == null) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a reply was read");
    }
  }

  /** The reader's end. */
  private final class Pieces extends InputStream {
    private byte[] piece = {};
    private int at;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      while (at == piece.length) {
        byte[] following = next();
        if (following == null) {
          return -1;
        }
        piece = following;
        at = 0;
      }
      int count = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, into, from, count);
      at += count;
      return count;
    }

    @Override
    public void close() {
      end(true);
    }
  }
}
