/**
 * What a client can ask of a Baton, in this process or over HTTP. Blocking; used by the command
 * line.
 */
@NullMarked
package dev.baton.core.client;

import org.jspecify.annotations.NullMarked;
