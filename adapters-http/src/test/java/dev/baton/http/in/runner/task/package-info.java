@NullMarked
package dev.baton.http.in.runner.task;

import org.jspecify.annotations.NullMarked;
