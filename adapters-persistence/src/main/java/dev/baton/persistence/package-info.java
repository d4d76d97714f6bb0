/**
 * Everything that outlives the process. {@link dev.baton.persistence.SqlStores} opens a database
 * file and hands out its store.
 */
@NullMarked
package dev.baton.persistence;

import org.jspecify.annotations.NullMarked;
