package dev.baton.core.usecase;

/**
 * What the use cases promise over every store. Extend it once per store, say how one is made, and
 * add nothing.
 */
public abstract class LifecycleContract extends SettlingContract {}
