package dev.baton.app.architecture.offenders.http.in.bridge;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A dialect whose bodies name classes. */
final class TypesByDefault {
  ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    return mapper.activateDefaultTyping(mapper.getPolymorphicTypeValidator());
  }
}
