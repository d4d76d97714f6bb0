package dev.baton.core.domain.error;

/**
 * Why a call was refused. Stable: dialects map each code to a status and a body of their own, in a
 * {@code switch} without {@code default}, so that a new code does not compile until every dialect
 * has an answer for it.
 */
public enum ErrorCode {
  /** A value is missing, of the wrong type or outside its range. */
  VALIDATION_FAILED,
  /** The body is not what its media type says: broken JSON, doubled members, bad UTF-8. */
  MALFORMED_BODY,
  /** The body's media type or its encoding is not served. */
  UNSUPPORTED_MEDIA_TYPE,
  /** The body, or one text in it, is larger than its bound. */
  PAYLOAD_TOO_LARGE,
  /** The body did not arrive in time. */
  REQUEST_TIMEOUT,
  /** No such route. */
  NOT_FOUND,
  /** The route exists, not with this method. */
  METHOD_NOT_ALLOWED,
  /** No such task for this tenant. */
  TASK_NOT_FOUND,
  /** The id is taken by a task with other content. */
  TASK_EXISTS,
  /** The idempotency key was used for another request. */
  IDEMPOTENCY_KEY_REUSED,
  /** A request under this idempotency key was begun, and how it ended is not known. */
  REQUEST_UNDECIDED,
  /** Another lease is current, or the lease was given back: the holder must drop its work. */
  LEASE_LOST,
  /** The task was cancelled. */
  TASK_CANCELLED,
  /** The task is in a state that does not allow this. */
  INVALID_STATE,
  /** Too much work is under way; try again later. */
  OVERLOADED,
  /**
   * The disk is full, and nothing was stored; or below the low-water mark, where no new work is
   * taken and held work may be finished.
   */
  STORAGE_FULL,
  /** The store did not answer, or its answer is unknown: repeat with the same key, or read back. */
  STORE_UNAVAILABLE,
  /** The server drains and takes no new work. */
  SHUTTING_DOWN,
  /** No such batch for this tenant. */
  BATCH_NOT_FOUND,
  /** The id is taken by another batch. */
  BATCH_EXISTS,
  /** More rows than a batch may have. */
  BATCH_TOO_LARGE,
  /** No such schedule for this tenant. */
  SCHEDULE_NOT_FOUND,
  /** The cron expression is malformed, or never fires. */
  INVALID_CRON_EXPRESSION,
  /** No such webhook, or no such delivery of it, for this tenant. */
  WEBHOOK_NOT_FOUND,
  /** No such delivery of this webhook. */
  DELIVERY_NOT_FOUND,
  /** The model is neither configured nor offered by a worker. */
  MODEL_NOT_SUPPORTED,
  /** The URL leads where Baton does not go: a private address, another scheme, another port. */
  URL_NOT_ALLOWED,
  /** No files are served: no root is configured. */
  FILES_DISABLED,
  /** The path leads out of the root, or to what is no plain file. The same for all of them. */
  PATH_NOT_ALLOWED,
  /** No such file under the root. */
  FILE_NOT_FOUND,
  /** The file is there already. */
  FILE_EXISTS,
  /** The value can't be changed from outside. */
  IMMUTABLE_FIELD,
  /** The object has changed since the caller read it. */
  PRECONDITION_FAILED,
  /** The tenant has as many of these as it may have. */
  LIMIT_EXCEEDED,
  /** No such part of the server. */
  SERVICE_NOT_FOUND
}
