package dev.baton.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WebhookLedgerTest {
  private final WebhookLedger ledger = new WebhookLedger();

  @Test
  void messagesThatWereTaken_areNoComplaint_andRepeatsAreCounted() {
    ledger.expect("task.created", "a");
    ledger.take("msg_1", "task.created", "a");
    ledger.take("msg_1", "task.created", "a");

    assertThat(ledger.isAllTaken()).isTrue();
    assertThat(ledger.complaints()).isEmpty();
    assertThat(ledger.repeats()).isEqualTo(1);
  }

  @Test
  void messageThatNobodyTook_isNamed() {
    ledger.expect("task.created", "a");
    ledger.expect("task.completed", "a");
    ledger.take("msg_1", "task.created", "a");

    assertThat(ledger.isAllTaken()).isFalse();
    assertThat(ledger.complaints()).containsExactly("lost 1 of 2, such as [task.completed a]");
  }

  @Test
  void messageUnderASecondId_isNoRepeatButAFault() {
    ledger.expect("task.created", "a");
    ledger.take("msg_1", "task.created", "a");
    ledger.take("msg_2", "task.created", "a");

    assertThat(ledger.repeats()).isZero();
    assertThat(ledger.complaints()).singleElement().asString().contains("ids of their own");
  }

  @Test
  void messageThatNobodyExpects_isAFault() {
    ledger.take("msg_1", "task.created", "z");

    assertThat(ledger.complaints()).singleElement().asString().contains("task.created z");
  }
}
