package dev.baton.http.out.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.http.out.model.fault.BrokenAnswerException;
import dev.baton.http.out.model.protocol.AnthropicProtocol;
import dev.baton.http.out.model.protocol.OpenAiProtocol;
import dev.baton.http.out.model.protocol.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SseParserTest {
  private static final int RUNS = 2_000;

  private static List<String> parsed(byte[] bytes, int piece) {
    List<String> events = new ArrayList<>();
    SseParser parser =
        new SseParser(
            (name, data) -> {
              events.add(data);
              return true;
            },
            1 << 16);
    for (int at = 0; at < bytes.length; at += piece) {
      int length = Math.min(piece, bytes.length - at);
      byte[] next = new byte[length];
      System.arraycopy(bytes, at, next, 0, length);
      parser.take(next, length);
    }
    parser.finish();
    return events;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data: a↵↵              | a
          data:a↵↵               | a
          data:  a↵↵             | ' a'
          data: a↵data: b↵↵      | a;b
          data↵↵                 | ''
          : note↵data: a↵↵       | a
          event: x↵id: 1↵data: a↵retry: 5↵↵ | a
          database: no↵data: a↵↵ | a
          data: a                | a
          data: a↵↵data: b↵↵     | a,b
          ↵↵↵data: ü€😀↵↵        | ü€😀
          """)
  void events_areReadWhereverTheyAreCut(String text, String wanted) {
    List<String> events = List.of(wanted.replace(";", "\n").split(",", -1));
    for (String end : List.of("\n", "\r\n", "\r")) {
      for (String mark : List.of("", "\ufeff")) {
        byte[] bytes = (mark + text.replace("↵", end)).getBytes(UTF_8);
        for (int piece : new int[] {1, 2, 3, 1_000}) {
          assertThat(parsed(bytes, piece)).as(text).isEqualTo(events);
        }
      }
    }
  }

  @Test
  void take_stopsWhenNoMoreIsWanted() {
    List<String> events = new ArrayList<>();
    SseParser parser =
        new SseParser(
            (name, data) -> {
              events.add(data);
              return false;
            },
            100);
    byte[] bytes = "data: a\n\ndata: b\n\n".getBytes(UTF_8);

    assertThat(parser.take(bytes, bytes.length)).isFalse();
    assertThat(events).containsExactly("a");
  }

  @Test
  void lineThatIsNotUtf8_isBroken_insteadOfBeingMended() {
    byte[] line = "data: a\u00ff\n".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> new SseParser((name, data) -> true, 100).take(line, line.length))
        .isInstanceOf(BrokenAnswerException.class);
  }

  @Test
  void lineOrEventAboveTheBound_isBroken() {
    byte[] line = "x".repeat(101).getBytes(UTF_8);
    byte[] event = "data: xxxxxxxxxx\n".repeat(11).getBytes(UTF_8);

    assertThatThrownBy(() -> new SseParser((name, data) -> true, 100).take(line, line.length))
        .isInstanceOf(BrokenAnswerException.class);
    assertThatThrownBy(() -> new SseParser((name, data) -> true, 100).take(event, event.length))
        .isInstanceOf(BrokenAnswerException.class);
  }

  /** The events, or that a line is no text. */
  private static Object outcome(byte[] bytes, int piece) {
    try {
      return parsed(bytes, piece);
    } catch (BrokenAnswerException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void randomBytes_areTheSameEventsWhereverTheyAreCut() {
    Random random = new Random(20_261_125);
    byte[] alphabet = "data: \n\r\n\r{}[]\"x,:\ufeffid".getBytes(UTF_8);
    for (int run = 0; run < RUNS; run++) {
      byte[] bytes = new byte[random.nextInt(200)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            random.nextInt(10) == 0
                ? (byte) random.nextInt(256)
                : alphabet[random.nextInt(alphabet.length)];
      }

      assertThat(outcome(bytes, 1)).as("run %d", run).isEqualTo(outcome(bytes, 1 + run % 17));
    }
  }

  /** Whatever a provider says, a stream ends in an answer or as no answer, never in a bug. */
  @Test
  void randomStreams_endInAnAnswerOrAsNone() {
    Random random = new Random(35);
    String[] words = {
      "{\"choices\":[{\"delta\":{\"content\":\"x\"}}]}",
      "{\"choices\":[{\"delta\":{\"content\":\"y\"},\"finish_reason\":\"length\"}]}",
      "{\"choices\":[{\"delta\":{\"content\":\"z\"},\"finish_reason\":\"abort\"}]}",
      "{\"choices\":[{\"delta\":{\"function_call\":{\"name\":7,\"arguments\":[1]}}}]}",
      "{\"choices\":[{\"logprobs\":{\"content\":[{}],\"a/b\":[7],\"c\":1}}]}",
      "[DONE]",
      "{\"error\":{\"code\":429}}",
      "{\"choices\":[{\"finish_reason\":\"stop\"}]}",
      "{\"usage\":{\"prompt_tokens\":-5}}",
      "{\"usage\":{\"prompt_tokens\":9e99,\"completion_tokens\":\"x\",\"total_tokens\":-1}}",
      "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":-3,\"function\":7}]}}]}",
      "{\"choices\":[{\"delta\":{\"tool_calls\":[null,{}]}}]}",
      "{\"choices\":7}",
      "{\"id\":[]}",
      "{\"choices\":[{\"delta\":null,\"finish_reason\":{}}]}",
      "{\"error\":\"\\u0000\"}",
      "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":1e300}}}",
      "{\"type\":\"content_block_start\",\"index\":\"x\",\"content_block\":{\"type\":\"tool_use\"}}",
      "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\"}}",
      "{\"type\":\"message_stop\"}",
      "{\"type\":\"error\"}",
      "{",
      "\u0000",
      "null",
      "\"\ud800\""
    };
    int answers = 0;
    for (int run = 0; run < RUNS; run++) {
      StringBuilder stream = new StringBuilder();
      if (random.nextBoolean()) {
        // Most of what is random is no answer; this may become one.
        stream.append("data: ").append(words[1]).append("\n\n");
      }
      int events = 1 + random.nextInt(4);
      for (int i = 0; i < events; i++) {
        String word = words[random.nextInt(words.length)];
        int cut = random.nextInt(8) == 0 ? random.nextInt(word.length()) : word.length();
        stream.append("data: ").append(word, 0, cut).append(random.nextInt(8) == 0 ? "\r" : "\n\n");
      }
      byte[] bytes = stream.toString().getBytes(UTF_8);
      Protocol protocol = run % 2 == 0 ? new OpenAiProtocol() : new AnthropicProtocol();
      Consumer<String> listener = piece -> assertThat(piece).isNotEmpty();
      StreamSink sink = new StreamSink(protocol.gatherer(Requests.streamed("hi"), listener));
      try {
        sink.take(bytes, bytes.length);
        assertThat(sink.completion()).as(stream.toString()).isNotNull();
        answers++;
      } catch (BrokenAnswerException e) {
        assertThat(e).message().isNotBlank();
      }
    }
    assertThat(answers).isBetween(100, RUNS - 100);
  }
}
