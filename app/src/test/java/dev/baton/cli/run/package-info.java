/** Tests of runs. */
@NullMarked
package dev.baton.cli.run;

import org.jspecify.annotations.NullMarked;
