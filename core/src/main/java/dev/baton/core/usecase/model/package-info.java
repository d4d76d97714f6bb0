/** Models, and the executor that asks them under ordinary leases. */
@NullMarked
package dev.baton.core.usecase.model;

import org.jspecify.annotations.NullMarked;
