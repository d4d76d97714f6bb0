package dev.baton.http.in.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** An object of JSON that is passed on byte for byte. */
public record RawObject(@JsonRawValue @JsonValue String json) {}
