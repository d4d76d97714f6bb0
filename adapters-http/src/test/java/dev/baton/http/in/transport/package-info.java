@NullMarked
package dev.baton.http.in.transport;

import org.jspecify.annotations.NullMarked;
