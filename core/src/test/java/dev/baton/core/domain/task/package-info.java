@NullMarked
package dev.baton.core.domain.task;

import org.jspecify.annotations.NullMarked;
