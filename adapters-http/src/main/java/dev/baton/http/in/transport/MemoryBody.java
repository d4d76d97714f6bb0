package dev.baton.http.in.transport;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.http.in.api.MemoryBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.channels.StreamSourceChannel;

/** Keeps a body in an array, whose part above {@link #FIRST_SIZE} is taken from the budget. */
final class MemoryBody implements BodySink<byte[]> {
  static final byte[] NONE = {};

  // What a client merely announces is not allocated: a larger body makes room as it comes.
  private static final int FIRST_SIZE = 16 * 1024;

  private final long maxBytes;
  private final MemoryBudget budget;
  private ByteBuffer received = ByteBuffer.wrap(NONE);
  private long most;
  private long reserved;

  MemoryBody(long maxBytes, MemoryBudget budget) {
    this.maxBytes = maxBytes;
    this.budget = budget;
  }

  @Override
  public void open(long announced) {
    most = announced < 0 ? maxBytes + 1 : announced;
    received = ByteBuffer.allocate((int) Math.min(most, FIRST_SIZE));
  }

  @Override
  public int take(StreamSourceChannel source) throws IOException {
    return received.hasRemaining() ? source.read(received) : takeMore(source);
  }

  /** The buffer is full: either the body is over, or there is more of it than was announced. */
  private int takeMore(StreamSourceChannel source) throws IOException {
    ByteBuffer probe = ByteBuffer.allocate(1);
    int count = source.read(probe);
    if (count > 0) {
      grow();
      received.put(probe.get(0));
    }
    return count;
  }

  private void grow() {
    int size = (int) Math.min(received.capacity() * 2L, most);
    int more = size - received.capacity();
    if (!budget.reserve(more, reserved)) {
      throw new BatonException(
          ErrorCode.OVERLOADED, "too many large bodies are being received; try again later");
    }
    reserved += more;
    received = ByteBuffer.wrap(Arrays.copyOf(received.array(), size)).position(received.limit());
  }

  @Override
  public byte[] whole() {
    byte[] array = received.array();
    int length = received.position();
    return length == array.length ? array : Arrays.copyOf(array, length);
  }

  @Override
  public void release() {
    budget.release(reserved);
    reserved = 0;
  }
}
