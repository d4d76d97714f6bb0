/** Batches: many tasks under one name, with one gate and one set of counts. */
@NullMarked
package dev.baton.core.domain.batch;

import org.jspecify.annotations.NullMarked;
