@NullMarked
package dev.baton.http.in.json;

import org.jspecify.annotations.NullMarked;
