@NullMarked
package dev.baton.core.usecase.task;

import org.jspecify.annotations.NullMarked;
