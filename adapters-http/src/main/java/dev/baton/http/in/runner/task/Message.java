package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.input.Member;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.json.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A turn of what a model is sent; only described, for turns are kept as they were sent. */
@Doc("A turn. Members that providers know beside these are passed on.")
record Message(
    @Doc(value = "Whose turn it is.", example = "user") @Words(Roles.class) String role,
    @Doc(value = "A text, or a list of parts.", example = "Write a haiku about programming")
        Optional<JsonNode> content) {

  /** Whose turn it may be. */
  static final class Roles implements Supplier<List<String>> {
    @Override
    public List<String> get() {
      return Member.ROLES;
    }
  }
}
