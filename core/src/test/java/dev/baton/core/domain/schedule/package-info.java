@NullMarked
package dev.baton.core.domain.schedule;

import org.jspecify.annotations.NullMarked;
