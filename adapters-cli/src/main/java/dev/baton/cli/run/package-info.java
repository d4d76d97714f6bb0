/** Carries a file of prompts through a Baton and writes the answers as they come, resumably. */
@NullMarked
package dev.baton.cli.run;

import org.jspecify.annotations.NullMarked;
