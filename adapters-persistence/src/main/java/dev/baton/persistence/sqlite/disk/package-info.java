/**
 * The database's file as others see it: its one name, who has it, who may read it, and what a
 * failure says of the disk. Knows no table.
 */
@NullMarked
package dev.baton.persistence.sqlite.disk;

import org.jspecify.annotations.NullMarked;
