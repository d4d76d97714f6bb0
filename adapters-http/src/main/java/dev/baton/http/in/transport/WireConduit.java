package dev.baton.http.in.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The receiving end of one connection, below Undertow: shows every byte to the {@link WireScanner}
 * and can look whether the client is still there. Confined to the connection's I/O thread.
 */
final class WireConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private static final int AHEAD_MAX = 4 * 1024;

  private final WireScanner scanner = new WireScanner();
  // What a look for the client brought along: the beginning of its next request.
  private @Nullable ByteBuffer ahead;
  // What ends a head that is too long; what the client sends after that is thrown away.
  private @Nullable ByteBuffer end;
  private int requests;
  private String lastHost = "";
  private @Nullable User user;

  /** Whom the connection serves just now. */
  interface User {

    /** The connection is closed; nothing can be sent any more. From any thread. */
    void connectionClosed();
  }

  WireConduit(StreamSourceConduit next) {
    super(next);
  }

  WireScanner scanner() {
    return scanner;
  }

  /** Counts a request; the first is 0. */
  int begin(User begun) {
    user = begun;
    int number = requests;
    requests++;
    return number;
  }

  void end(User ended) {
    if (user == ended) {
      user = null;
    }
  }

  /** Tells whom the connection serves. */
  void closed() {
    User served = user;
    if (served != null) {
      served.connectionClosed();
    }
  }

  /** The Host that was found to be allowed last; on one connection it hardly ever changes. */
  String lastHost() {
    return lastHost;
  }

  void allowHost(String host) {
    lastHost = host;
  }

  /**
   * Whether the client has not closed its end, as far as can be told. Reads ahead, at most {@value
   * #AHEAD_MAX} bytes.
   */
  boolean isClientThere() {
    ByteBuffer kept = ahead;
    if (kept == null) {
      kept = ByteBuffer.allocate(AHEAD_MAX).limit(0);
      ahead = kept;
    }
    kept.compact();
    try {
      if (!kept.hasRemaining()) {
        return true;
      }
      int from = kept.position();
      int count = next.read(kept);
      scan(kept, from);
      return count >= 0;
    } catch (IOException e) {
      // A reset is one way to be gone; the connection itself is closed by whoever writes to it.
      return false;
    } finally {
      kept.flip();
    }
  }

  /** Whether the client may still send before what was read ahead has been taken. */
  boolean hasRoomAhead() {
    return ahead == null || ahead.remaining() < AHEAD_MAX;
  }

  /**
   * Asks to be told when the socket is readable, past whatever Undertow has put on top of this
   * conduit for the body.
   */
  void watch() {
    next.resumeReads();
  }

  void unwatch() {
    next.suspendReads();
  }

  /** Throws away what has arrived, unseen; the number of bytes, -1 at the end of the stream. */
  int discard(ByteBuffer scratch) throws IOException {
    ahead = null;
    scratch.clear();
    return next.read(scratch);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    ByteBuffer kept = ahead;
    if (kept != null && kept.hasRemaining()) {
      return take(kept, target);
    }
    ByteBuffer rest = end;
    if (rest != null) {
      return rest.hasRemaining()
          ? take(rest, target)
          : Math.min(0, discard(ByteBuffer.allocate(AHEAD_MAX)));
    }
    int from = target.position();
    int count = next.read(target);
    if (count <= 0) {
      return count;
    }
    scan(target, from);
    return target.position() > from ? target.position() - from : read(target);
  }

  /** Shows the scanner what has been read, and takes back what follows a head that is too long. */
  private void scan(ByteBuffer read, int from) {
    int sound = scanner.scan(read, from, read.position());
    if (end == null && !scanner.endOfHead().isEmpty()) {
      end = ByteBuffer.wrap(scanner.endOfHead().getBytes(US_ASCII));
      read.position(sound);
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (targets[i].hasRemaining()) {
        return read(targets[i]);
      }
    }
    return 0;
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    return target.transferFrom(new ConduitReadableByteChannel(this), position, count);
  }

  @Override
  public long transferTo(long count, ByteBuffer throughBuffer, StreamSinkChannel target)
      throws IOException {
    return Conduits.transfer(this, count, throughBuffer, target);
  }

  @Override
  public void resumeReads() {
    if ((ahead != null && ahead.hasRemaining()) || (end != null && end.hasRemaining())) {
      // The socket will not become readable for what was read from it already.
      wakeupReads();
    } else {
      super.resumeReads();
    }
  }

  private static int take(ByteBuffer kept, ByteBuffer target) {
    int count = Math.min(kept.remaining(), target.remaining());
    ByteBuffer part = kept.duplicate().limit(kept.position() + count);
    target.put(part);
    kept.position(kept.position() + count);
    return count;
  }
}
