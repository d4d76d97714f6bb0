/** Files under the allowed root: rows of batches in, results out. */
@NullMarked
package dev.baton.persistence.file;

import org.jspecify.annotations.NullMarked;
