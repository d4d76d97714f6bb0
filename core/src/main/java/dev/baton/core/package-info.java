/** The way in for those who embed Baton: {@link dev.baton.core.Baton}. */
@NullMarked
package dev.baton.core;

import org.jspecify.annotations.NullMarked;
