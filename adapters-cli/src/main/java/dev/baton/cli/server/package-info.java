/** One class per command that serves, looks after a database file, or tells about this build. */
@NullMarked
package dev.baton.cli.server;

import org.jspecify.annotations.NullMarked;
