package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.port.WebhookSender.Letter;
import dev.baton.core.port.WebhookSender.Message;
import dev.baton.core.port.WebhookSender.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sender of messages keeps. */
public abstract class WebhookSenderContract {
  protected static final Instant NOW = Instant.parse("2026-11-25T10:00:00.120Z");

  /** The sender in question. */
  protected abstract WebhookSender sender();

  /** Where {@code /status/N} is answered with status N, and {@code /status/0} not at all. */
  protected abstract String receiver();

  protected final Outcome send(String path) throws Exception {
    Letter letter =
        new Letter(
            receiver() + path, List.of("0123456789abcdef"), "msg_1", NOW, "{\"type\":\"é\"}");
    return sender().send(letter).get(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299})
  void send_toAReceiverThatTakesIt_isTaken(int status) throws Exception {
    Outcome outcome = send("/status/" + status);

    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.isTaken()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 400, 410, 429, 500, 503})
  void send_toAReceiverThatDoesNotTakeIt_saysSo(int status) throws Exception {
    Outcome outcome = send("/status/" + status);

    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.isTaken()).isFalse();
  }

  @Test
  void send_toNobody_isUnanswered() throws Exception {
    Outcome outcome = send("/status/0");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.detail()).isNotEmpty();
    assertThat(outcome.isTaken()).isFalse();
  }

  @Test
  void encode_ofEqualMessages_isTheSame() {
    assertThat(sender().encode(message())).isEqualTo(sender().encode(message()));
  }

  private static Message message() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", "a");
    data.put("sequence", 7L);
    return new Message("task.created", NOW, data);
  }

  @Test
  void check_refusesWhatNothingIsSentTo() {
    assertThatThrownBy(() -> sender().check("ftp://receiver.example/"))
        .isInstanceOf(BatonException.class)
        .extracting(refusal -> ((BatonException) refusal).code())
        .isEqualTo(ErrorCode.URL_NOT_ALLOWED);
    sender().check("https://receiver.example/hook?a=b");
  }
}
