/** The server as clients that are not ours drive it: curl, and node's fetch. */
@NullMarked
package dev.baton.app.clients;

import org.jspecify.annotations.NullMarked;
