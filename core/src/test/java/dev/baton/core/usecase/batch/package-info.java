@NullMarked
package dev.baton.core.usecase.batch;

import org.jspecify.annotations.NullMarked;
