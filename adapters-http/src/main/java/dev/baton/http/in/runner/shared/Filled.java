package dev.baton.http.in.runner.shared;

import dev.baton.http.in.api.FieldErrors;
import java.util.Optional;

/** Refuses texts that say nothing, for the constructors of bodies. */
public final class Filled {

  private Filled() {}

  public static void check(String name, Optional<String> text) {
    text.ifPresent(given -> check(name, given));
  }

  public static void check(String name, String text) {
    if (text.isBlank()) {
      throw FieldErrors.invalid("String should not be blank", "string_too_short", name);
    }
  }
}
