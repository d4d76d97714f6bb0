package dev.baton.http.in.runner.shared;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;

/**
 * A task is edited that somebody holds or that is over, for which this dialect has its own code.
 */
public final class NotEditable extends BatonException {
  public static final String WIRE_CODE = "TASK_NOT_EDITABLE";

  private static final long serialVersionUID = 1L;

  public NotEditable(String message) {
    super(ErrorCode.INVALID_STATE, message);
  }
}
