@NullMarked
package dev.baton.http.in.runner.operations;

import org.jspecify.annotations.NullMarked;
