@NullMarked
package dev.baton.core.usecase.upkeep;

import org.jspecify.annotations.NullMarked;
