@NullMarked
package dev.baton.persistence.sql;

import org.jspecify.annotations.NullMarked;
