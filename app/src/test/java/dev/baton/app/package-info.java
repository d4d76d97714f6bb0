/** The program as a whole: its launcher, its configuration, its architecture, its documents. */
@NullMarked
package dev.baton.app;

import org.jspecify.annotations.NullMarked;
