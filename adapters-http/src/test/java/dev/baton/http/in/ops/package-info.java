@NullMarked
package dev.baton.http.in.ops;

import org.jspecify.annotations.NullMarked;
