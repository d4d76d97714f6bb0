/**
 * The crash test: clients work with a real server process that is killed again and again, write
 * down what they were told in a history outside of it, and a checker that shares no code with the
 * server says afterwards which promise was broken. Planted faults show that it would notice.
 */
@NullMarked
package dev.baton.app.crash;

import org.jspecify.annotations.NullMarked;
