@NullMarked
package dev.baton.core.client;

import org.jspecify.annotations.NullMarked;
