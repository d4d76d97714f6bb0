package dev.baton.cli.server;

import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.CommandFailure;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Output;
import dev.baton.cli.shared.Values;
import dev.baton.cli.shared.Where;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.DurationText;
import dev.baton.core.usecase.insight.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code baton doctor}. */
@Command(
    name = "doctor",
    description = "Look at Java, the disk, the database and the port, and say what to do.",
    exitCodeList = {"0:nothing stands in the way", ExitCodes.USAGE_LINE, "80:something does"})
public final class DoctorCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final Output console = new Output();
  @Mixin private final Where where = new Where();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8000",
      description = "The port that 'baton serve' is to have (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--reset-clock",
      description =
          "Set back what was written under a clock that was ahead, such as of a start in 2039.")
  private boolean resetClock;

  public DoctorCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ServeCommand.check(port);
    Target target = where.target(context.terminal());
    List<Finding> findings = new ArrayList<>();
    findings.add(HostFacts.java(Runtime.version()));
    if (target instanceof Target.File database) {
      if (resetClock) {
        resetClock(database.path());
      }
      findings.addAll(
          new FileExam(database.path(), context.backend()).findings(context.clock().instant()));
      findings.add(HostFacts.port(port));
    } else {
      if (resetClock) {
        throw CommandFailure.usage("--reset-clock works on a database file, which no server has");
      }
      findings.add(server());
      models().ifPresent(findings::add);
    }
    findings.forEach(this::print);
    boolean ill = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAIL);
    return ill ? ExitCodes.PARTIAL : ExitCodes.OK;
  }

  private void resetClock(Path database) {
    Where.requireDatabase(database);
    Duration ahead =
        context
            .backend()
            .maintenance(database, where.use(CliBackend.Use.Kind.SHORT))
            .resetClock(context.clock().instant());
    console.say(
        ahead.isZero()
            ? "the clock of " + database + " was not ahead"
            : "the clock of %s was %s ahead and is set back"
                .formatted(database, DurationText.about(ahead)));
  }

  private Finding server() {
    try (TaskClient server = where.reading().open(context)) {
      TaskClient.Tally tally = server.tally();
      return Finding.ok(
          "server", "answers; %d tasks submitted since it started".formatted(tally.submitted()));
    } catch (BatonException e) {
      return Finding.fail("server", String.valueOf(e.getMessage()));
    }
  }

  /** Who answers; empty when the server does not answer, or has models. */
  private Optional<Finding> models() {
    try (AdminClient server = where.admin(context)) {
      AdminClient.Catalog catalog = server.models();
      if (!catalog.models().isEmpty()) {
        return Optional.of(Finding.ok("models", catalog.models().size() + " are configured"));
      }
      return Optional.of(
          Finding.warn(
              "models",
              catalog.any()
                  ? "the built-in echo answers, and no model is asked"
                  : "none is configured: tasks wait until a worker takes them. " + Wait.ANSWERERS));
    } catch (BatonException e) {
      return Optional.empty();
    }
  }

  private void print(Finding finding) {
    if (console.json()) {
      console.print(
          new Jsons.Members()
              .put("check", finding.check())
              .put("level", Values.word(finding.level()))
              .put("message", finding.message())
              .toMap());
    } else {
      console.print(
          "%-5s %-10s %s"
              .formatted(Values.word(finding.level()), finding.check(), finding.message()));
    }
  }
}
