/**
 * What somebody may say of a task, and the rules for it: one definition for every way in, a JSON
 * body, a row of a file, a command line.
 */
@NullMarked
package dev.baton.core.domain.input;

import org.jspecify.annotations.NullMarked;
