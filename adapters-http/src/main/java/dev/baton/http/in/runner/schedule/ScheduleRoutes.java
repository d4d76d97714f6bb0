package dev.baton.http.in.runner.schedule;

import static java.util.Objects.requireNonNull;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.schedule.Plan;
import dev.baton.core.domain.schedule.Schedule;
import dev.baton.core.domain.schedule.ScheduleId;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.usecase.schedule.Schedules;
import dev.baton.http.in.api.Handler;
import dev.baton.http.in.api.Permission;
import dev.baton.http.in.api.Reply;
import dev.baton.http.in.api.Request;
import dev.baton.http.in.api.Route;
import dev.baton.http.in.api.RouteDoc;
import dev.baton.http.in.runner.shared.Bodies;
import dev.baton.http.in.runner.shared.ModelCheck;
import dev.baton.http.in.runner.shared.PageRequest;
import dev.baton.http.in.runner.shared.Params;
import dev.baton.http.in.runner.shared.RunnerContext;
import java.util.List;

/** {@code /scheduled-tasks} and what lies under it. */
public final class ScheduleRoutes {
  static final String PATH = RunnerContext.PREFIX + "/scheduled-tasks";
  static final String ONE = PATH + "/{id}";

  private static final List<String> SORTS = List.of("createdAt");

  private final RunnerContext kit;
  private final ModelCheck models;

  public ScheduleRoutes(RunnerContext kit) {
    this.kit = requireNonNull(kit, "kit");
    this.models = new ModelCheck(kit.baton().models());
  }

  public List<Route> routes() {
    return List.of(
        Route.post(
                PATH,
                Permission.of("schedules", "write"),
                kit.bodies().reading(NewSchedule.BODY, this::create),
                ScheduleDocs.create())
            .repeatable(),
        Route.get(PATH, Permission.of("schedules", "read"), this::list, ScheduleDocs.list())
            .withHead(),
        Route.get(ONE, Permission.of("schedules", "read"), this::get, ScheduleDocs.get())
            .withHead(),
        Route.of(
            "PATCH",
            ONE,
            Permission.of("schedules", "write"),
            kit.bodies().reading(ScheduleEdit.BODY, this::change),
            ScheduleDocs.change()),
        Route.of(
            "DELETE",
            ONE,
            Permission.of("schedules", "write"),
            this::delete,
            ScheduleDocs.delete()),
        change(
            "enable",
            request -> setActive(request, true),
            ScheduleDocs.active("enableSchedule", "Enable a scheduled task", true)),
        change(
            "disable",
            request -> setActive(request, false),
            ScheduleDocs.active("disableSchedule", "Disable a scheduled task", false)),
        change("run", this::run, ScheduleDocs.run()),
        change("dry-run", this::dryRun, ScheduleDocs.dryRun()),
        Route.get(
                ONE + "/runs", Permission.of("schedules", "read"), this::runs, ScheduleDocs.runs())
            .withHead(),
        Route.get(
                ONE + "/runs/{runId}",
                Permission.of("schedules", "read"),
                this::readRun,
                ScheduleDocs.readRun())
            .withHead());
  }

  private Route change(String verb, Handler handler, RouteDoc doc) {
    return Route.post(
            ONE + "/" + verb,
            Permission.of("schedules", "write"),
            kit.bodies().readingNothing(handler),
            doc)
        .repeatable()
        .withMaxBody(Bodies.SMALL_MAX);
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

  private Reply create(Request request, NewSchedule asked) {
    Plan plan = asked.plan(models);
    return Reply.later(
        schedules()
            .create(request.tenant(), plan)
            .thenApply(made -> kit.envelope().reply(201, ScheduleView.Created.of(made), null)));
  }

  private Reply list(Request request) {
    PageRequest page = PageRequest.of(request, PageRequest.NAMED);
    ScheduleRows.Filter filter =
        new ScheduleRows.Filter(Params.bool(request, "isActive"), request.queryString("name"));
    return Reply.later(
        schedules()
            .list(request.tenant(), filter, page.listOrder(), page.offset(), page.limit())
            .thenApply(
                listed ->
                    kit.envelope()
                        .ok(
                            new ScheduleView.Page(
                                listed.schedules().stream().map(ScheduleView.Line::of).toList(),
                                page.pagination(listed.total())))));
  }

  private Reply get(Request request) {
    return Reply.later(
        schedules()
            .find(request.tenant(), id(request))
            .thenApply(found -> found.orElseThrow(ScheduleRoutes::unknown))
            .thenApply(schedule -> kit.envelope().ok(ScheduleView.of(schedule))));
  }

  private Reply change(Request request, ScheduleEdit edit) {
    return Reply.later(
        schedules()
            .change(request.tenant(), id(request), plan -> edit.over(plan, models))
            .thenApply(
                schedule ->
                    kit.envelope().ok(ScheduleView.of(schedule), "Scheduled task updated")));
  }

  private Reply delete(Request request) {
    return Reply.later(
        schedules()
            .delete(request.tenant(), id(request))
            .thenApply(schedule -> kit.envelope().done("Scheduled task deleted")));
  }

  private Reply setActive(Request request, boolean active) {
    return Reply.later(
        schedules()
            .setActive(request.tenant(), id(request), active)
            .thenApply(
                schedule -> kit.envelope().ok(active(schedule), ScheduleDocs.message(active))));
  }

  private static ScheduleView.Active active(Schedule schedule) {
    return new ScheduleView.Active(schedule.id().value(), schedule.plan().active());
  }

  private Reply run(Request request) {
    return Reply.later(
        schedules()
            .runNow(request.tenant(), id(request))
            .thenApply(
                run -> kit.envelope().reply(202, RunView.of(run), "Scheduled task started")));
  }

  private Reply dryRun(Request request) {
    return Reply.later(
        schedules()
            .dryRun(request.tenant(), id(request), kit.baton().dryRuns())
            .thenApply(dryRun -> kit.envelope().ok(DryRunView.of(dryRun))));
  }

  private Reply readRun(Request request) {
    long seq = RunView.seq(request.pathParameter("runId")).orElseThrow(ScheduleRoutes::unknownRun);
    return Reply.later(
        schedules()
            .run(request.tenant(), id(request), seq)
            .thenApply(found -> found.orElseThrow(ScheduleRoutes::unknownRun))
            .thenApply(run -> kit.envelope().ok(RunView.of(run))));
  }

  private static BatonException unknownRun() {
    return new BatonException(ErrorCode.NOT_FOUND, "Run not found");
  }

  private Reply runs(Request request) {
    PageRequest page = PageRequest.of(request, SORTS);
    return Reply.later(
        schedules()
            .runs(request.tenant(), id(request), page.offset(), page.limit())
            .thenApply(
                found ->
                    kit.envelope()
                        .ok(
                            new RunView.Page(
                                found.runs().stream().map(RunView::of).toList(),
                                page.pagination(found.total())))));
  }
}
