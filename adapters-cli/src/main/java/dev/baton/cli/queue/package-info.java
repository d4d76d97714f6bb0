/** The commands of queues and of those who work on them. */
@NullMarked
package dev.baton.cli.queue;

import org.jspecify.annotations.NullMarked;
