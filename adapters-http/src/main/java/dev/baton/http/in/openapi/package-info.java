/** The routes described for programs (OpenAPI) and shown to people (Swagger UI). */
@NullMarked
package dev.baton.http.in.openapi;

import org.jspecify.annotations.NullMarked;
