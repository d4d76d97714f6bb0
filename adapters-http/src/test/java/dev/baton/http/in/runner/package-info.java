/** The runner dialect's handlers without sockets, and the dialect over a real server. */
@NullMarked
package dev.baton.http.in.runner;

import org.jspecify.annotations.NullMarked;
