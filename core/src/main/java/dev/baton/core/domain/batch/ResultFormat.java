package dev.baton.core.domain.batch;

/** How a batch's results can be written. */
public enum ResultFormat {
  /** RFC 4180 with a header row. */
  CSV,
  /** One JSON object per row. */
  JSONL,
  /** Lines of the output file of OpenAI's Batch API; rows that are not over have none. */
  OPENAI,
  /** Lines of the results of Anthropic's Message Batches; rows that are not over have none. */
  ANTHROPIC
}
