package dev.baton.core.domain.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {

  /** A kind of name: how one is made, asked for and how long it may be. */
  record Kind(
      String title, Function<String, Object> make, Predicate<String> isValid, int maxLength) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("task id", TaskId::new, TaskId::isValid, 128),
        new Kind("worker id", WorkerId::new, WorkerId::isValid, 128),
        new Kind("queue", QueueName::new, QueueName::isValid, 64),
        new Kind("gate", GateId::new, GateId::isValid, 160));
  }

  private static final String ALLOWED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

  @ParameterizedTest
  @MethodSource("kinds")
  void name_ofEachCharacter_isTakenOrRefused(Kind kind) {
    IntStream.range(0, 0x250)
        .mapToObj(c -> (char) c)
        .forEach(
            c ->
                assertThat(kind.isValid().test("a" + c))
                    .as("character %d", (int) c)
                    .isEqualTo(ALLOWED.indexOf(c) >= 0));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void name_ofEachLength_isTakenUpToTheMost(Kind kind) {
    for (int length : List.of(1, kind.maxLength() - 1, kind.maxLength())) {
      String name = "x".repeat(length);
      assertThat(kind.isValid().test(name)).isTrue();
      assertThat(kind.make().apply(name)).hasToString(name);
    }
    for (int length : List.of(0, kind.maxLength() + 1)) {
      String name = "x".repeat(length);
      assertThat(kind.isValid().test(name)).isFalse();
      assertThatThrownBy(() -> kind.make().apply(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "with space", "日本", "\uD83D\uDE00", "'; --"})
  void dedupeKey_ofAnyText_isTaken(String text) {
    assertThat(DedupeKey.isValid(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000", "a\u007Fb", "\u0085"})
  void dedupeKey_emptyOrWithControls_isRefused(String text) {
    assertThat(DedupeKey.isValid(text)).isFalse();
    assertThatThrownBy(() -> DedupeKey.of(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IdempotencyKey("scope", text, "f"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void dedupeKey_ofEachLength_isTakenUpToTheMost() {
    assertThat(DedupeKey.isValid("k".repeat(DedupeKey.MAX_LENGTH))).isTrue();
    assertThat(DedupeKey.isValid("k".repeat(DedupeKey.MAX_LENGTH + 1))).isFalse();
  }
}
