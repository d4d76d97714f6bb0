@NullMarked
package dev.baton.core.usecase.webhook;

import org.jspecify.annotations.NullMarked;
