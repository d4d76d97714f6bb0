/** Tests of the housekeeping commands. */
@NullMarked
package dev.baton.cli.server;

import org.jspecify.annotations.NullMarked;
