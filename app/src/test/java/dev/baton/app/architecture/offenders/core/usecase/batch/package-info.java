/** Planted: each class here breaks a rule, or stands in for what is broken. */
@NullMarked
package dev.baton.app.architecture.offenders.core.usecase.batch;

import org.jspecify.annotations.NullMarked;
