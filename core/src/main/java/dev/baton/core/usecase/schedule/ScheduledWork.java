package dev.baton.core.usecase.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.batch.BatchState;
import dev.baton.core.domain.batch.NewBatch;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.id.BatchId;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleRun;
import dev.baton.core.domain.schedule.ScheduleRun.Counts;
import dev.baton.core.domain.schedule.ScheduleRun.Progress;
import dev.baton.core.domain.schedule.ScheduleRun.State;
import dev.baton.core.domain.task.Tally;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.BatchFiles.Format;
import dev.baton.core.port.BatchOutput;
import dev.baton.core.runtime.Blocking;
import dev.baton.core.usecase.batch.BatchView;
import dev.baton.core.usecase.batch.Batches;
import dev.baton.core.usecase.model.Models;
import java.util.List;
import java.util.Optional;

/**
 * Takes a run one step further. Each step may be repeated: the batch is named after the run, and
 * the results replace what an attempt before had written. Blocks; for one thread.
 */
public final class ScheduledWork {
  private static final int PAGE = 500;

  private final Firings firings;
  private final Batches batches;
  private final BatchFiles files;
  private final DryRuns dryRuns;
  private final Models models;
  private final RunFormat format;

  public ScheduledWork(
      Firings firings,
      Batches batches,
      BatchFiles files,
      DryRuns dryRuns,
      Models models,
      RunFormat format) {
    this.firings = requireNonNull(firings, "firings");
    this.batches = requireNonNull(batches, "batches");
    this.files = requireNonNull(files, "files");
    this.dryRuns = requireNonNull(dryRuns, "dryRuns");
    this.models = requireNonNull(models, "models");
    this.format = requireNonNull(format, "format");
  }

  /**
   * Does what can be done now, which may be nothing. What the file or its rows are to blame for
   * ends the run as failed.
   *
   * @throws BatonException of what may be over soon: the step is to be tried again
   */
  public void step(Firings.OpenRun work) {
    try {
      switch (work.run().state()) {
        case PENDING -> begin(work);
        case RUNNING -> follow(work);
        case WRITING -> write(work);
        case SUCCEEDED, FAILED, SKIPPED -> {}
      }
    } catch (BatonException e) {
      if (passes(e.code())) {
        throw e;
      }
      if (!isBeingRemoved(e.code(), work)) {
        fail(work, e.code() + ": " + e.getMessage());
      }
    } catch (RuntimeException e) {
      // A file that can't be read or written, or a bug: this run is over, the others go on.
      fail(work, e.toString());
    }
  }

  private static boolean passes(ErrorCode code) {
    return code == ErrorCode.STORE_UNAVAILABLE
        || code == ErrorCode.STORAGE_FULL
        || code == ErrorCode.OVERLOADED
        || code == ErrorCode.SHUTTING_DOWN;
  }

  /** A batch of this name that nobody sees is what a crash left of it: it is being removed. */
  private static boolean isBeingRemoved(ErrorCode code, Firings.OpenRun work) {
    return code == ErrorCode.BATCH_EXISTS && work.batch().isEmpty();
  }

  private void fail(Firings.OpenRun work, String reason) {
    Blocking.on(firings.advance(work.run(), firings.failure(counts(work.batch()), reason)));
  }

  private static Counts counts(Optional<BatchView> batch) {
    Tally tally = batch.map(BatchView::tally).orElse(Tally.NONE);
    return new Counts(tally.total(), tally.succeeded(), tally.dead() + tally.cancelled());
  }

  private static Optional<String> output(Firings.OpenRun work) {
    Schedule schedule = work.schedule();
    return schedule
        .plan()
        .files()
        .output()
        .map(path -> ScheduleNames.of(path, schedule, work.run()));
  }

  private void begin(Firings.OpenRun work) {
    Plan plan = work.schedule().plan();
    output(work)
        .ifPresent(path -> files.checkOutput(path, plan.files().input(), plan.files().overwrite()));
    if (plan.dryRun()) {
      if (Blocking.on(firings.advance(work.run(), Progress.of(State.WRITING)))) {
        rehearse(work);
      }
      return;
    }
    TenantId tenant = work.run().tenant();
    BatchId id = work.run().batch();
    if (work.batch().isEmpty()) {
      String name = plan.name().substring(0, Math.min(plan.name().length(), NewBatch.NAME_MAX));
      NewBatch batch = new NewBatch(Optional.of(id), name, "", plan.config(), Optional.empty());
      long run = work.run().seq();
      Blocking.on(
          batches.create(tenant, batch, () -> new RunRows(files.open(plan.files().input()), run)));
    }
    if (Blocking.on(firings.advance(work.run(), Progress.of(State.RUNNING)))) {
      Blocking.on(batches.start(tenant, id));
    } else {
      // The schedule was deleted meanwhile.
      Blocking.on(batches.delete(tenant, id));
    }
  }

  private void rehearse(Firings.OpenRun work) {
    DryRun dryRun = dryRuns.run(work.run().tenant(), work.schedule().plan(), work.run().nominal());
    String report = format.report(dryRun);
    Plan.Files paths = work.schedule().plan().files();
    output(work)
        .ifPresent(
            path -> {
              try (BatchOutput out = files.create(path, paths.input(), true)) {
                out.write(report);
                out.commit();
              }
            });
    Counts counts = new Counts(dryRun.rows(), 0, dryRun.invalid());
    Blocking.on(firings.advance(work.run(), firings.success(counts, Optional.of(report))));
  }

  private void follow(Firings.OpenRun work) {
    if (work.batch().isEmpty()) {
      fail(work, "its batch was deleted");
      return;
    }
    BatchState state = work.batch().get().batch().state();
    if (state == BatchState.CREATED) {
      Blocking.on(batches.start(work.run().tenant(), work.run().batch()));
    } else if (state.isFinished()) {
      Plan.Files paths = work.schedule().plan().files();
      output(work).ifPresent(path -> files.checkOutput(path, paths.input(), paths.overwrite()));
      Progress writing = Progress.of(State.WRITING);
      if (Blocking.on(firings.advance(work.run(), writing))) {
        write(new Firings.OpenRun(work.run().with(writing), work.schedule(), work.batch()));
      }
    }
  }

  private void write(Firings.OpenRun work) {
    if (work.batch().isEmpty() && work.schedule().plan().dryRun()) {
      rehearse(work);
      return;
    }
    if (work.batch().isEmpty()) {
      fail(work, "its batch was deleted");
      return;
    }
    output(work).ifPresent(path -> write(work.run(), work.schedule().plan().files(), path));
    end(work, work.batch().get());
  }

  /** Whatever is there was checked before; an attempt that was cut short may have written it. */
  private void write(ScheduleRun run, Plan.Files paths, String path) {
    Format written = Format.of(path);
    try (BatchOutput out = files.create(path, paths.input(), true)) {
      out.write(format.header(written));
      long after = 0;
      List<Batches.Outcome> page = page(run, after);
      while (!page.isEmpty()) {
        StringBuilder text = new StringBuilder();
        for (Batches.Outcome stored : page) {
          Batches.Outcome outcome = RunRows.asInFile(stored, run.seq());
          text.append(format.line(written, outcome, models));
        }
        out.write(text.toString());
        after = page.get(page.size() - 1).row().seq();
        page = page(run, after);
      }
      out.commit();
    }
  }

  private List<Batches.Outcome> page(ScheduleRun run, long after) {
    return Blocking.on(batches.outcomes(run.tenant(), run.batch(), after, PAGE));
  }

  private void end(Firings.OpenRun work, BatchView batch) {
    Counts counts = counts(work.batch());
    Progress end =
        switch (batch.batch().state()) {
          case FAILED -> firings.failure(counts, "no task of its batch has an answer");
          case CANCELLED -> firings.failure(counts, "its batch was cancelled");
          default -> firings.success(counts, Optional.empty());
        };
    Blocking.on(firings.advance(work.run(), end));
  }
}
