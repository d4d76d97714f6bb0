package dev.baton.core.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {

  private static Map<String, Long> members(String told) {
    Map<String, Long> members = new HashMap<>();
    for (String member : Splitter.on(',').omitEmptyStrings().trimResults().split(told)) {
      members.put(
          member.substring(0, member.indexOf('=')),
          Long.valueOf(member.substring(member.indexOf('=') + 1)));
    }
    return members;
  }

  private static Optional<Usage> told(String told) {
    Map<String, Long> members = members(told);
    return Usage.told(
        name -> {
          Long value = members.get(name);
          return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prompt_tokens=10,completion_tokens=5,total_tokens=15            | 10 | 5 | 15
          input_tokens=10,output_tokens=5                                 | 10 | 5 | 15
          input_tokens=10,cache_read_input_tokens=3,output_tokens=5       | 13 | 5 | 18
          prompt_tokens=13,cache_read_input_tokens=3,completion_tokens=5  | 13 | 5 | 18
          inputTokens=10,outputTokens=5,totalTokens=15                    | 10 | 5 | 15
          promptTokens=10,completionTokens=5                              | 10 | 5 | 15
          promptTokenCount=10,candidatesTokenCount=4,thoughtsTokenCount=1,totalTokenCount=15 | 10 | 5 | 15
          prompt_eval_count=10,eval_count=5                               | 10 | 5 | 15
          prompt_tokens=7,total_tokens=9                                  | 7  | 2 | 9
          completion_tokens=2,total_tokens=9                              | 7  | 2 | 9
          prompt_tokens=1,completion_tokens=2,total_tokens=99             | 1  | 2 | 99
          """)
  void usage_isReadInTheWordsOfAnyVendor(String told, long in, long out, long total) {
    assertThat(told(told)).hasValue(new Usage(in, out, total));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "total_tokens=9",
        "cached_tokens=3",
        "prompt_tokens=-1",
        "prompt_tokens=7",
        "completion_tokens=2",
        "prompt_tokens=-1,completion_tokens=2"
      })
  void whatIsNotTold_isAbsent_andNotZero(String told) {
    assertThat(told(told)).isEmpty();
  }

  @Test
  void numbersAboveTheBound_doNotOverflow() {
    assertThat(
            told(
                "input_tokens="
                    + Usage.MAX
                    + ",cache_read_input_tokens="
                    + Usage.MAX
                    + ",output_tokens=0"))
        .hasValue(new Usage(Usage.MAX, 0, Usage.MAX));
  }
}
