/** Planted: each class here breaks a rule, or stands in for what is broken. */
@NullMarked
package dev.baton.app.architecture.offenders.persistence.sql;

import org.jspecify.annotations.NullMarked;
