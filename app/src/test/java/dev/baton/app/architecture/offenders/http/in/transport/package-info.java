/** Planted: each class here breaks a rule, or stands in for what is broken. */
@NullMarked
package dev.baton.app.architecture.offenders.http.in.transport;

import org.jspecify.annotations.NullMarked;
