package dev.baton.app.architecture.offenders.http.in.runner.task;

/** What belongs to the routes of tasks. */
public final class TaskBody {}
