/** Tests of the commands of queues, through the whole command line. */
@NullMarked
package dev.baton.cli.queue;

import org.jspecify.annotations.NullMarked;
