package dev.baton.http.out.model;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.baton.core.domain.task.Completion;
import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.fault.Faults;
import dev.baton.http.out.model.protocol.Protocol;
import dev.baton.http.out.upstream.BodySink;
import dev.baton.http.out.upstream.Json;
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
    this.parser = new SseParser(this::event, UpstreamLimits.MOST);
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

  private boolean event(String name, String data) {
    if (name.equals(SseParser.ERROR)) {
      throw new BrokenAnswerException(
          Faults.ofError(Json.container(data).orElseGet(() -> TextNode.valueOf(data))));
    }
    if (name.equals(SseParser.BARE)) {
      Json.container(data).ifPresent(Faults::throwIfError);
      return true;
    }
    return gatherer.take(data);
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
    return broken == null && gatherer.isWhole();
  }

  /**
   * The answer that the stream came to, once it is over.
   *
   * @throws BrokenAnswerException when it is none
   */
  synchronized Completion completion() {
    BrokenAnswerException fault = broken;
    if (fault != null) {
      throw fault;
    }
    finish();
    return gatherer.finish();
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
