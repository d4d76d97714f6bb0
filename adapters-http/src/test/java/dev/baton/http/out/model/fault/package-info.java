/** The table of vendors' faults. */
@NullMarked
package dev.baton.http.out.model.fault;

import org.jspecify.annotations.NullMarked;
