@NullMarked
package dev.baton.persistence.sqlite;

import org.jspecify.annotations.NullMarked;
