/** What is asked of a model, as the submitter gave it. */
@NullMarked
package dev.baton.core.domain.prompt;

import org.jspecify.annotations.NullMarked;
