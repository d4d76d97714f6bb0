/** Tests of what all commands share. */
@NullMarked
package dev.baton.cli.shared;

import org.jspecify.annotations.NullMarked;
