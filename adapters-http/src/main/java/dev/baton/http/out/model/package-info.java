/** Asks language models: what speaks OpenAI's or Anthropic's protocol, and a built-in echo. */
@NullMarked
package dev.baton.http.out.model;

import org.jspecify.annotations.NullMarked;
