@NullMarked
package dev.baton.core.runtime;

import org.jspecify.annotations.NullMarked;
