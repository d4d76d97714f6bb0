/** Tests of the commands of batches, through the whole command line. */
@NullMarked
package dev.baton.cli.batch;

import org.jspecify.annotations.NullMarked;
