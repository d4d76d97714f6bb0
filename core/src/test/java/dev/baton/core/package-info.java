/** Tests of the facades. */
@NullMarked
package dev.baton.core;

import org.jspecify.annotations.NullMarked;
