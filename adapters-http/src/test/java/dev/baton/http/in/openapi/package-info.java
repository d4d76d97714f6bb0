@NullMarked
package dev.baton.http.in.openapi;

import org.jspecify.annotations.NullMarked;
