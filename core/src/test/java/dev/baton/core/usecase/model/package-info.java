@NullMarked
package dev.baton.core.usecase.model;

import org.jspecify.annotations.NullMarked;
