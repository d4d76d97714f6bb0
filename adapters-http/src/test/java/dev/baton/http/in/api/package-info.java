@NullMarked
package dev.baton.http.in.api;

import org.jspecify.annotations.NullMarked;
