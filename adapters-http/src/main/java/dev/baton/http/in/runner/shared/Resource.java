package dev.baton.http.in.runner.shared;

import static java.util.Objects.requireNonNull;

import dev.baton.http.in.api.Permission;

/**
 * Things of one kind, whose operations are declared alike: by the permission that they need, the
 * tag that they stand under, and what is said where there is no such thing. Immutable.
 *
 * @param permission the resource of the permissions, as {@code tasks}
 * @param tag of the operations in the OpenAPI document
 * @param noun of one, as {@code scheduled task}
 * @param unknown the code where a path's {@code {id}} names none
 */
public record Resource(
    RunnerContext kit, String permission, String tag, String noun, String unknown) {
  public Resource {
    requireNonNull(kit, "kit");
    requireNonNull(permission, "permission");
    requireNonNull(tag, "tag");
    requireNonNull(noun, "noun");
    requireNonNull(unknown, "unknown");
  }

  /** What no path names by an {@code {id}}. */
  public Resource(RunnerContext kit, String permission, String tag) {
    this(kit, permission, tag, tag, "NOT_FOUND");
  }

  /** A read, by GET and by HEAD. */
  public Operation get(String path, String operationId, String summary) {
    return operation("GET", "read", path, operationId, summary);
  }

  /** A POST, which may be repeated under a key. */
  public Operation post(String path, String operationId, String summary) {
    return operation("POST", "write", path, operationId, summary);
  }

  public Operation patch(String path, String operationId, String summary) {
    return operation("PATCH", "write", path, operationId, summary);
  }

  public Operation delete(String path, String operationId, String summary) {
    return operation("DELETE", "write", path, operationId, summary);
  }

  private Operation operation(
      String method, String action, String path, String operationId, String summary) {
    Operation operation =
        new Operation(
            kit, method, path, Permission.of(permission, action), tag, operationId, summary);
    return path.contains("{id}")
        ? operation
            .path("id", "The " + noun + ".")
            .refused(404, unknown, "there is no such " + noun + ".")
        : operation;
  }
}
