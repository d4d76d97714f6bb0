/** Tests of the commands of webhooks, through the whole command line. */
@NullMarked
package dev.baton.cli.webhook;

import org.jspecify.annotations.NullMarked;
