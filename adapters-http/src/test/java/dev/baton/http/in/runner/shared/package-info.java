@NullMarked
package dev.baton.http.in.runner.shared;

import org.jspecify.annotations.NullMarked;
