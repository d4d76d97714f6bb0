/** Connections, statements and what differs between databases; knows no table. */
@NullMarked
package dev.baton.persistence.jdbc;

import org.jspecify.annotations.NullMarked;
