/**
 * The one way in which Baton calls others over HTTP: model providers, webhooks, tools. Guards where
 * a call may go, bounds its time and size, follows no redirect, asks no proxy.
 */
@NullMarked
package dev.baton.http.out.upstream;

import org.jspecify.annotations.NullMarked;
