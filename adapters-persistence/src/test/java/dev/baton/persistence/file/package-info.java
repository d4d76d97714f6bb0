@NullMarked
package dev.baton.persistence.file;

import org.jspecify.annotations.NullMarked;
