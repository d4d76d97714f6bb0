@NullMarked
package dev.baton.http.in.runner.batch;

import org.jspecify.annotations.NullMarked;
