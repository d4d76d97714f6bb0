@NullMarked
package dev.baton.http.in.runner.schedule;

import org.jspecify.annotations.NullMarked;
