/** The checkers of what is measured see what they are there for. */
@NullMarked
package dev.baton.app.bench;

import org.jspecify.annotations.NullMarked;
