package dev.baton.http.out.model.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.ModelRequest;
import dev.baton.core.domain.task.Completion;
import java.util.Map;
import java.util.function.Consumer;

/** How one kind of provider is spoken to. Thread-safe. */
public interface Protocol {

  /** Where calls go, beneath the provider's base. */
  String path();

  /** What names the caller. */
  Map<String, String> credential(String key);

  /** Headers of each call. */
  Map<String, String> headers();

  /**
   * The request as the provider reads it.
   *
   * @throws UnsayableException when it asks for what this protocol has no words for
   */
  String body(ModelRequest request);

  /**
   * Reads a whole answer.
   *
   * @throws BrokenAnswerException when it is none, or did not end well
   */
  Completion read(ModelRequest request, JsonNode answer);

  /** Gathers a streamed answer, for one thread. */
  Gatherer gatherer(ModelRequest request, Consumer<String> onPiece);

  /** Puts the events of a stream together. */
  interface Gatherer {
    /**
     * Takes the data of one event.
     *
     * @return whether more is wanted
     * @throws BrokenAnswerException when it is an error, or not part of an answer
     */
    boolean take(String data);

    /** Whether the answer's end was seen, so that {@link #finish} gives it. */
    boolean isWhole();

    /**
     * The answer, when all has come.
     *
     * @throws BrokenAnswerException when it broke off, or holds nothing
     */
    Completion finish();
  }
}
