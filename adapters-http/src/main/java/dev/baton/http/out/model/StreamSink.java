package dev.baton.http.out.model;

import dev.baton.core.port.ModelOutcome;
import dev.baton.core.port.ModelOutcome.Answered;
import dev.baton.http.out.upstream.BodySink;
import dev.baton.http.out.upstream.UpstreamHeaders;
import dev.baton.http.out.upstream.UpstreamLimits;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes an event stream, where one comes. For one thread, and then for who waited for its end. */
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
  public boolean take(byte[] bytes, int length) {
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

  /**
   * What the stream came to, once it is over.
   *
   * @throws BrokenAnswerException when it is no answer
   */
  ModelOutcome outcome() {
    BrokenAnswerException fault = broken;
    if (fault != null) {
      throw fault;
    }
    parser.finish();
    return gatherer
        .error()
        .<ModelOutcome>map(Faults::ofEvent)
        .orElseGet(() -> new Answered(gatherer.finish()));
  }
}
