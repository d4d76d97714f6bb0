package dev.baton.app.architecture.offenders.core.usecase;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A use case with a technology. */
final class UsesJson {
  Object json() {
    return new ObjectMapper();
  }
}
