@NullMarked
package dev.baton.core.usecase.insight;

import org.jspecify.annotations.NullMarked;
