package dev.baton.http.in.runner.schedule;

import static dev.baton.http.in.api.Schemas.bool;
import static dev.baton.http.in.api.Schemas.string;
import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.Operation;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.Resource;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code /scheduled-tasks} and what lies under it. */
public final class ScheduleRoutes {
  private static final String PATH = RunnerContext.PREFIX + "/scheduled-tasks";
  private static final String ONE = PATH + "/{id}";
  private static final String UNKNOWN = "SCHEDULED_TASK_NOT_FOUND";
  private static final List<String> SORTS = List.of("createdAt");

  private final RunnerContext kit;
  private final ModelCheck models;
  private final Resource resource;

  public ScheduleRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.models = new ModelCheck(kit.baton().models());
    this.resource = new Resource(kit, "schedules", "scheduled-tasks", "scheduled task", UNKNOWN);
  }

  public List<Route> routes() {
    return List.of(
        create(),
        list(),
        get(),
        change(),
        delete(),
        active("enable", "Enable", true),
        active("disable", "Disable", false),
        run(),
        dryRun(),
        runs(),
        readRun());
  }

  private Schedules schedules() {
    return kit.baton().schedules();
  }

  /** The schedule that the path names: an id that none can have is just unknown. */
  private static ScheduleId id(Request request) {
    String id = request.pathParameter("id");
    if (!ScheduleId.isValid(id)) {
      throw unknown();
    }
    return new ScheduleId(id);
  }

  private static BatonException unknown() {
    return new BatonException(ErrorCode.SCHEDULE_NOT_FOUND, "Scheduled task not found");
  }

  private static Operation ofFiles(Operation operation) {
    return operation
        .refused(403, "PATH_NOT_ALLOWED", "a path is not below files.root.")
        .refused(409, "FILE_EXISTS", "the output is there.");
  }

  private Route create() {
    return ofFiles(resource.post(PATH, "createSchedule", "Create a scheduled task"))
        .description("Makes a batch of a file's rows, again and again.")
        .refused(429, "LIMIT_EXCEEDED", "there are too many.")
        .created(ScheduleView.Created.class)
        .reading(
            NewSchedule.BODY,
            (request, asked) ->
                schedules()
                    .create(request.tenant(), asked.plan(models))
                    .thenApply(ScheduleView.Created::of));
  }

  private Route list() {
    return resource
        .get(PATH, "findSchedules", "List scheduled tasks")
        .description("Newest first.")
        .query("isActive", "Only those that fire, or do not.", bool("Whether it fires."))
        .query("name", "Only those in whose name this stands.", string("A part of a name."))
        .paged(PageRequest.NAMED)
        .answer(ScheduleView.Page.class)
        .from(this::list);
  }

  private CompletableFuture<ScheduleView.Page> list(Request request) {
    PageRequest page = PageRequest.of(request, PageRequest.NAMED);
    ScheduleRows.Filter filter =
        new ScheduleRows.Filter(Params.bool(request, "isActive"), request.queryString("name"));
    return schedules()
        .list(request.tenant(), filter, page.listOrder(), page.offset(), page.limit())
        .thenApply(
            listed ->
                new ScheduleView.Page(
                    listed.schedules().stream().map(ScheduleView.Line::of).toList(),
                    page.pagination(listed.total())));
  }

  private Route get() {
    return resource
        .get(ONE, "readSchedule", "Get a scheduled task")
        .extension("All that it was made with.")
        .answer(ScheduleView.class)
        .from(
            request ->
                schedules()
                    .find(request.tenant(), id(request))
                    .thenApply(found -> found.orElseThrow(ScheduleRoutes::unknown))
                    .thenApply(ScheduleView::of));
  }

  private Route change() {
    return ofFiles(resource.patch(ONE, "updateSchedule", "Update a scheduled task"))
        .description("What is absent stays as it is; members of config too.")
        .answer(200, ScheduleView.class, "Scheduled task updated")
        .reading(
            ScheduleEdit.BODY,
            (request, edit) ->
                schedules()
                    .change(request.tenant(), id(request), plan -> edit.over(plan, models))
                    .thenApply(ScheduleView::of));
  }

  private Route delete() {
    return resource
        .delete(ONE, "deleteSchedule", "Delete a scheduled task")
        .extension("With its history; a batch that it made goes on.")
        .done(
            "Scheduled task deleted", request -> schedules().delete(request.tenant(), id(request)));
  }

  private Route active(String verb, String summary, boolean active) {
    return resource
        .post(ONE + "/" + verb, verb + "Schedule", summary + " a scheduled task")
        .description("Repeating it changes nothing.")
        .answer(200, ScheduleView.Active.class, "Scheduled task " + verb + "d")
        .from(
            request ->
                schedules()
                    .setActive(request.tenant(), id(request), active)
                    .thenApply(ScheduleRoutes::active));
  }

  private static ScheduleView.Active active(Schedule schedule) {
    return new ScheduleView.Active(schedule.id().value(), schedule.plan().active());
  }

  private Route run() {
    return resource
        .post(ONE + "/run", "runSchedule", "Run a scheduled task now")
        .extension("Also one that is disabled.")
        .refused(429, "LIMIT_EXCEEDED", "too many runs wait.")
        .answer(202, RunView.class, "Scheduled task started")
        .from(request -> schedules().runNow(request.tenant(), id(request)).thenApply(RunView::of));
  }

  private Route dryRun() {
    return resource
        .post(ONE + "/dry-run", "rehearseSchedule", "Estimate a run")
        .extension("Checks every row, and asks no model; nothing is kept.")
        .refused(403, "PATH_NOT_ALLOWED", "the path is not below files.root.")
        .refused(404, UNKNOWN, "there is no such scheduled task, or no such file (FILE_NOT_FOUND).")
        .answer(200, DryRunView.class, "What a run would come to.", "")
        .from(
            request ->
                schedules()
                    .dryRun(request.tenant(), id(request), kit.baton().dryRuns())
                    .thenApply(DryRunView::of));
  }

  private Route runs() {
    return resource
        .get(ONE + "/runs", "findScheduleRuns", "List the runs of a scheduled task")
        .extension("Newest first.")
        .paged(SORTS)
        .answer(RunView.Page.class)
        .from(this::runs);
  }

  private CompletableFuture<RunView.Page> runs(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return schedules()
        .runs(request.tenant(), id(request), page.offset(), page.limit())
        .thenApply(
            found ->
                new RunView.Page(
                    found.runs().stream().map(RunView::of).toList(),
                    page.pagination(found.total())));
  }

  private Route readRun() {
    return resource
        .get(ONE + "/runs/{runId}", "readScheduleRun", "Get a run of a scheduled task")
        .extension("A run has its number for good.")
        .path("runId", "The run.")
        .refused(
            404, UNKNOWN, "there is no such scheduled task, or it has no such run (NOT_FOUND).")
        .answer(RunView.class)
        .from(this::readRun);
  }

  private CompletableFuture<RunView> readRun(Request request) {
    long seq = RunView.seq(request.pathParameter("runId")).orElseThrow(ScheduleRoutes::unknownRun);
    return schedules()
        .run(request.tenant(), id(request), seq)
        .thenApply(found -> found.orElseThrow(ScheduleRoutes::unknownRun))
        .thenApply(RunView::of);
  }

  private static BatonException unknownRun() {
    return new BatonException(ErrorCode.NOT_FOUND, "Run not found");
  }
}
