/**
 * The rows of a store as tables, in SQL that the databases share. What runs for every task is a
 * prepared statement; everything else goes through Jdbi.
 */
@NullMarked
package dev.baton.persistence.sql;

import org.jspecify.annotations.NullMarked;
