package dev.baton.http.in.openapi;

import java.util.Optional;

/**
 * What the documents say of this server.
 *
 * @param version Baton's
 * @param publicUrl where clients reach it, without a slash at the end; absent when nobody said
 */
public record ApiInfo(String version, Optional<String> publicUrl) {}
