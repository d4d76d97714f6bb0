/**
 * What callers may ask of Baton: one final class per need, and these are the driving ports. They
 * hold the decisions; dialects and commands only translate.
 */
@NullMarked
package dev.baton.core.usecase;

import org.jspecify.annotations.NullMarked;
