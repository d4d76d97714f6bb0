/** The store in one SQLite file: its writer, readers, settings, migrations and housekeeping. */
@NullMarked
package dev.baton.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
