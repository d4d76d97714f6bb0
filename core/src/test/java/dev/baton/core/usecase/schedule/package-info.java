@NullMarked
package dev.baton.core.usecase.schedule;

import org.jspecify.annotations.NullMarked;
