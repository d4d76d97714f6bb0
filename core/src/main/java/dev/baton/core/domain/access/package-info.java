/**
 * Who a piece of work belongs to. One default tenant until keys exist; every row has one already.
 */
@NullMarked
package dev.baton.core.domain.access;

import org.jspecify.annotations.NullMarked;
