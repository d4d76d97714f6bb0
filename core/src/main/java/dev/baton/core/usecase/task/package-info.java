/** Tasks: submitted, leased, settled, changed, looked up; the gates they wait behind. */
@NullMarked
package dev.baton.core.usecase.task;

import org.jspecify.annotations.NullMarked;
