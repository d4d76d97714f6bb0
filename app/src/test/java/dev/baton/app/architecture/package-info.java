/**
 * The arrows of docs/architecture.md, checked. Each rule is also let loose on the planted offenders
 * beneath this package, so that no rule can stand here that never fails.
 */
@NullMarked
package dev.baton.app.architecture;

import org.jspecify.annotations.NullMarked;
