/**
 * The store on SQLite: one writer thread that commits many works together, a few readers with
 * connections of their own, and the SQL. What runs for every task is a prepared statement; what an
 * operator asks for now and then goes through Jdbi.
 */
@NullMarked
package dev.baton.persistence.sql;

import org.jspecify.annotations.NullMarked;
