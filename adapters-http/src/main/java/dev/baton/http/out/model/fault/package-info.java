/** What goes wrong at a provider: how it says so, and the class of each fault. */
@NullMarked
package dev.baton.http.out.model.fault;

import org.jspecify.annotations.NullMarked;
