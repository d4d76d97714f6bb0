/** Batches through a real server: files, uploads, downloads. */
@NullMarked
package dev.baton.app.batch;

import org.jspecify.annotations.NullMarked;
