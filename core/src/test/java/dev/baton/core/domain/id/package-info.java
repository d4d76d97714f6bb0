@NullMarked
package dev.baton.core.domain.id;

import org.jspecify.annotations.NullMarked;
