package dev.baton.http.in.runner;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;

/**
 * A task is edited that somebody holds or that is over, for which this dialect has its own code.
 */
final class NotEditable extends BatonException {
  static final String WIRE_CODE = "TASK_NOT_EDITABLE";

  private static final long serialVersionUID = 1L;

  NotEditable(String message) {
    super(ErrorCode.INVALID_STATE, message);
  }
}
