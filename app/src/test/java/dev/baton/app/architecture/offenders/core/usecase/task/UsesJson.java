package dev.baton.app.architecture.offenders.core.usecase.task;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A use case with a technology. */
final class UsesJson {
  Object json() {
    return new ObjectMapper();
  }
}
