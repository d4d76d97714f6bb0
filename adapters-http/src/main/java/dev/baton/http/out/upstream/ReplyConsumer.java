package dev.baton.http.out.upstream;

import dev.baton.http.out.upstream.UpstreamOutcome.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes one answer while it comes, within its bounds. The library calls it on one thread, which is
 * an I/O thread: while a piece is taken nothing more is read from the connection. What has come so
 * far may be asked for on any thread.
 */
final class ReplyConsumer implements AsyncResponseConsumer<Void> {
  private static final System.Logger LOG = System.getLogger(ReplyConsumer.class.getName());
  private static final int INTERIM_MAX = 8;

  /** Bytes of a refusal's body; what says why is at its beginning. */
  private static final int REFUSAL_MAX = 64 * 1024;

  /** Bytes after those that were wanted that are read so that the connection can be used again. */
  private static final int REST_MAX = 64 * 1024;

  private final UpstreamLimits limits;
  private final Optional<BodySink> sink;
  private final Listener listener;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private @Nullable FutureCallback<Void> done;
  private volatile @Nullable ReplyHead head;
  private boolean wanted;
  private boolean enough;
  private int room;
  private int interim;
  private byte[] piece = new byte[0];

  /** Is told how far the answer has come. */
  interface Listener {
    void onHead(ReplyHead head);

    void onPiece();

    /** No more of the body is wanted; the connection may still have some. */
    void onEnough(UpstreamReply reply);

    /** The connection is closed, or free for the next call. */
    void onRelease();
  }

  ReplyConsumer(UpstreamRequest request, Optional<BodySink> sink, Listener listener) {
    this.limits = request.limits();
    this.sink = sink;
    this.listener = listener;
  }

  /** The head, once it is there. */
  Optional<ReplyHead> head() {
    return Optional.ofNullable(head);
  }

  /** What came of the answer, whose head is there. */
  UpstreamReply reply(boolean cut) {
    ReplyHead seen = head().orElseThrow();
    synchronized (gathered) {
      return new UpstreamReply(seen.status(), seen.headers(), gathered.toByteArray(), cut);
    }
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) throws IOException {
    interim++;
    if (response.getCode() == 101 || interim > INTERIM_MAX) {
      throw UpstreamException.invalid("the answer does not begin");
    }
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> result)
      throws IOException {
    ReplyHead seen = ReplyHead.of(response);
    head = seen;
    listener.onHead(seen);
    seen.checkBody();
    done = result;
    room = seen.isRefusal() ? Math.min(REFUSAL_MAX, limits.maxBody()) : limits.maxBody();
    wanted = sink.isPresent() && sink.get().wants(seen.status(), seen.headers());
    if (entity == null) {
      result.completed(null);
    }
  }

  @Override
  public void updateCapacity(CapacityChannel capacity) throws IOException {
    capacity.update(Integer.MAX_VALUE);
  }

  @Override
  public void consume(ByteBuffer source) throws IOException {
    if (enough) {
      skip(source);
      return;
    }
    listener.onPiece();
    int length = source.remaining();
    boolean cuts = limits.cut() || head().orElseThrow().isRefusal();
    if (length > room && !cuts) {
      throw new UpstreamException(
          Fault.TOO_LARGE, "the answer is larger than " + limits.maxBody() + " bytes");
    }
    int taken = Math.min(length, room);
    room -= taken;
    if (!take(source, taken) || taken < length) {
      enough = true;
      room = REST_MAX;
      listener.onEnough(reply(taken < length));
      skip(source);
    }
  }

  /** Whether more is wanted. */
  private boolean take(ByteBuffer source, int length) throws IOException {
    if (piece.length < length) {
      piece = new byte[length];
    }
    source.get(piece, 0, length);
    if (wanted) {
      return tell(length);
    }
    synchronized (gathered) {
      gathered.write(piece, 0, length);
    }
    return true;
  }

  /** Whatever a reader does, the thread goes on: other calls share it. */
  private boolean tell(int length) throws IOException {
    try {
      return sink.orElseThrow().take(piece, length);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.ERROR, "a call ended in a bug", e);
      throw UpstreamException.invalid("the answer could not be read");
    }
  }

  private void skip(ByteBuffer source) throws IOException {
    room -= source.remaining();
    source.position(source.limit());
    if (room < 0) {
      throw UpstreamException.invalid("the rest of the answer is not read");
    }
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    FutureCallback<Void> result = done;
    if (result != null) {
      result.completed(null);
    }
  }

  @Override
  public void failed(Exception cause) {
    // The exchange's callback is told, too.
  }

  @Override
  public void releaseResources() {
    listener.onRelease();
  }
}
