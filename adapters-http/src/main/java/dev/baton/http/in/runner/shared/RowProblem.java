package dev.baton.http.in.runner.shared;

import dev.baton.http.in.json.Doc;

/** What is wrong with a row of a file. */
public record RowProblem(
    @Doc("The row's line, counted from 1.") long line, @Doc("For people.") String message) {}
