package dev.baton.http.in.openapi;

import java.util.Arrays;
import java.util.Optional;

/** The versions of OpenAPI that are spoken. */
public enum OpenApiVersion {
  V3_1("3.1.0"),
  /** For tools that take nothing newer. */
  V3_0("3.0.3");

  private final String number;

  OpenApiVersion(String number) {
    this.number = number;
  }

  public String number() {
    return number;
  }

  /** By its exact number. */
  public static Optional<OpenApiVersion> of(String number) {
    return Arrays.stream(values()).filter(version -> version.number.equals(number)).findFirst();
  }
}
