package dev.baton.http.in.runner.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.core.domain.prompt.MessageRole;
import dev.baton.http.in.json.Doc;
import java.util.Optional;

/** A turn of what a model is sent; only described, for turns are kept as they were sent. */
@Doc("A turn. Members that providers know beside these are passed on.")
record Message(
    @Doc(value = "Whose turn it is.", example = "user") MessageRole role,
    @Doc(value = "A text, or a list of parts.", example = "Write a haiku about programming")
        Optional<JsonNode> content) {}
