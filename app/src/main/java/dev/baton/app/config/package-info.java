/**
 * The configuration, typed: a file in YAML, environment variables over it, and what the command
 * line says over both.
 */
@NullMarked
package dev.baton.app.config;

import org.jspecify.annotations.NullMarked;
