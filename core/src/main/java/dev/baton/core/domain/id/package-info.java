/** The names of things: tasks, batches, queues, workers, leases, keys. */
@NullMarked
package dev.baton.core.domain.id;

import org.jspecify.annotations.NullMarked;
