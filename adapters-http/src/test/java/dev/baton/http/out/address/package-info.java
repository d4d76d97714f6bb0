@NullMarked
package dev.baton.http.out.address;

import org.jspecify.annotations.NullMarked;
