package dev.baton.http.in.runner.shared;

import dev.baton.http.in.json.Bounds;
import dev.baton.http.in.json.Doc;

/** Which page of a list was given. */
@Doc("Which page of a list this is.")
public record Pagination(
    @Doc(value = "Counted from 1.", example = "1") @Bounds(min = 1, max = Integer.MAX_VALUE)
        int page,
    @Doc(value = "Items on a page.", example = "10") @Bounds(min = 1, max = PageRequest.LIMIT_MAX)
        int limit,
    @Doc(value = "Items on all pages.", example = "1") @Bounds(max = Long.MAX_VALUE) long total,
    @Doc(value = "Pages.", example = "1") @Bounds(max = Long.MAX_VALUE) long totalPages) {}
