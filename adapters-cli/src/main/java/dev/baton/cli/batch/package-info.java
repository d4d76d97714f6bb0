/** The commands of batches, but for those that read rows. */
@NullMarked
package dev.baton.cli.batch;

import org.jspecify.annotations.NullMarked;
