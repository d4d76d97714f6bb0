/** Reads rows of CSV and JSON Lines out of a text, one by one; what they mean is the domain's. */
@org.jspecify.annotations.NullMarked
package dev.baton.core.rows;
