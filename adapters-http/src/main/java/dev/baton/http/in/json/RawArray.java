package dev.baton.http.in.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/** An array of JSON that is passed on byte for byte. */
public record RawArray(@JsonRawValue @JsonValue String json) {}
