/** What a terminal is like, and how instants and long texts are written for it. */
@NullMarked
package dev.baton.cli.terminal;

import org.jspecify.annotations.NullMarked;
