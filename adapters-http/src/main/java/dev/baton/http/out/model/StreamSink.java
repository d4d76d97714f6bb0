package dev.baton.http.out.model;

import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.http.out.upstream.BodySink;
import dev.baton.http.out.upstream.UpstreamHeaders;
import dev.baton.http.out.upstream.UpstreamLimits;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes an event stream, where one comes, on one thread; whoever learns of its end may ask it. */
final class StreamSink implements BodySink {
  private final Protocol.Gatherer gatherer;
  private final SseParser parser;
  private volatile boolean used;
  private volatile @Nullable BrokenAnswerException broken;

  StreamSink(Protocol.Gatherer gatherer) {
    this.gatherer = gatherer;
    this.parser = new SseParser(gatherer::take, UpstreamLimits.MOST);
  }

  @Override
  public boolean wants(int status, UpstreamHeaders headers) {
    used =
        status == 200
            && headers
                .first("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("text/event-stream");
    return used;
  }

  @Override
  public synchronized boolean take(byte[] bytes, int length) {
    try {
      return parser.take(bytes, length);
    } catch (BrokenAnswerException e) {
      broken = e;
      return false;
    }
  }

  boolean isUsed() {
    return used;
  }

  Optional<BrokenAnswerException> broken() {
    return Optional.ofNullable(broken);
  }

  /** Whether all of an answer has come, whatever becomes of the connection afterwards. */
  synchronized boolean isWhole() {
    return broken == null && gatherer.error().isEmpty() && gatherer.isWhole();
  }

  /**
   * What the stream came to, once it is over.
   *
   * @throws BrokenAnswerException when it is no answer
   */
  synchronized ModelOutcome outcome() {
    BrokenAnswerException fault = broken;
    if (fault != null) {
      throw fault;
    }
    finish();
    return gatherer
        .error()
        .<ModelOutcome>map(Faults::ofError)
        .orElseGet(() -> new Answered(gatherer.finish()));
  }

  private void finish() {
    boolean whole = gatherer.isWhole();
    try {
      parser.finish();
    } catch (BrokenAnswerException e) {
      // Of an answer that is whole only half of its statistics was lost.
      if (!whole) {
        throw e;
      }
    }
  }
}
