package dev.baton.http.in.runner.batch;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.baton.core.domain.batch.BatchConfig;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.ModelCheck;
import java.time.Instant;
import java.util.Optional;

/** How the tasks of a batch are done: as it is sent, and as it is shown. */
@Doc(value = "", name = "BatchConfig")
record BatchConfigBody(
    @JsonUnwrapped TaskConfig tasks,
    @Doc("Dead at this instant without an answer.") Optional<Instant> deadline) {

  static BatchConfigBody of(BatchConfig config) {
    return new BatchConfigBody(TaskConfig.of(config), config.deadline());
  }

  BatchConfig toCore(ModelCheck models) {
    BatchConfig config = tasks.over(BatchConfig.DEFAULT, models);
    return config.with(config.maxConcurrency(), config.priority(), deadline);
  }
}
