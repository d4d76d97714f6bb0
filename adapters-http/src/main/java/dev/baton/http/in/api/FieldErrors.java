package dev.baton.http.in.api;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.List;

/** A refusal that names each wrong value. */
public final class FieldErrors extends BatonException {
  private static final long serialVersionUID = 1L;

  // Exceptions are serialisable by inheritance only; nothing here ever serialises one.
  private final transient List<FieldError> errors;

  public FieldErrors(ErrorCode code, List<FieldError> errors) {
    super(code, message(errors));
    this.errors = List.copyOf(errors);
  }

  public static FieldErrors invalid(FieldError error) {
    return new FieldErrors(ErrorCode.VALIDATION_FAILED, List.of(error));
  }

  /** One value is wrong; {@code loc} as in {@link FieldError}. */
  public static FieldErrors invalid(String msg, String type, Object... loc) {
    return invalid(new FieldError(List.of(loc), msg, type));
  }

  /** At least one. */
  public List<FieldError> errors() {
    return errors;
  }

  private static String message(List<FieldError> errors) {
    FieldError first = errors.get(0);
    String pointer = first.pointer();
    return pointer.isEmpty() ? first.msg() : pointer.substring(1) + ": " + first.msg();
  }
}
