@NullMarked
package dev.baton.http.out.webhook;

import org.jspecify.annotations.NullMarked;
