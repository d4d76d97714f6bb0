/**
 * What all commands share: where to work, how to console, how to end; and what the application puts
 * in.
 */
@NullMarked
package dev.baton.cli.shared;

import org.jspecify.annotations.NullMarked;
