@NullMarked
package dev.baton.http.in.runner.webhook;

import org.jspecify.annotations.NullMarked;
