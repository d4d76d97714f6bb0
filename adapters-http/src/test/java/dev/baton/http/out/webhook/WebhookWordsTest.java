package dev.baton.http.out.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.core.domain.event.DomainEvent.BatchEvent;
import dev.baton.core.domain.event.DomainEvent.TaskEvent;
import dev.baton.core.domain.task.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookWordsTest {

  @ParameterizedTest
  @CsvSource({
    "SUBMITTED, pending",
    "READIED, pending",
    "LEASED, running",
    "SUCCEEDED, completed",
    "FAILED, pending",
    "EXPIRED, pending",
    "RELEASED, pending",
    "DIED, failed",
    "CANCELLED, failed",
    "REDRIVEN, pending",
    "EDITED, pending",
    "HELD, pending"
  })
  void taskEvent_isToldAsAStatus(TaskEvent.Kind kind, String status) {
    assertThat(WebhookWords.of(Map.of("status", kind))).containsEntry("status", status);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATED, pending",
    "EDITED, pending",
    "STARTED, running",
    "RESUMED, running",
    "COMPLETED, completed",
    "FAILED, failed",
    "CANCELLED, cancelled",
    "DELETED, cancelled",
    "PAUSED, paused"
  })
  void batchEvent_isToldAsAStatus(BatchEvent.Kind kind, String status) {
    assertThat(WebhookWords.of(Map.of("status", kind))).containsEntry("status", status);
  }

  @Test
  void members_keepTheirOrder_andCountsBecomeProgress() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", "b");
    data.put("status", BatchEvent.Kind.COMPLETED);
    data.put("progress", new Tally(1, 2, 3, 4, 5, 6));
    data.put("sequence", 7L);

    assertThat(WebhookWords.of(data))
        .hasToString(
            "{id=b, status=completed, progress={total=21, completed=4, failed=11}, sequence=7}");
  }
}
