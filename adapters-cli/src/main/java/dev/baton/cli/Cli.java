package dev.baton.cli;

import dev.baton.cli.batch.BatchCommands;
import dev.baton.cli.process.WorkCommand;
import dev.baton.cli.queue.QueueCommands;
import dev.baton.cli.run.RunCommand;
import dev.baton.cli.schedule.ScheduleCommands;
import dev.baton.cli.server.BackupCommand;
import dev.baton.cli.server.BenchCommand;
import dev.baton.cli.server.CheckCommand;
import dev.baton.cli.server.CompletionCommand;
import dev.baton.cli.server.DoctorCommand;
import dev.baton.cli.server.OpenapiCommand;
import dev.baton.cli.server.PruneCommand;
import dev.baton.cli.server.RestoreCommand;
import dev.baton.cli.server.ServeCommand;
import dev.baton.cli.server.VersionCommand;
import dev.baton.cli.shared.CliBackend;
import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.ExitCodes;
import dev.baton.cli.shared.Failures;
import dev.baton.cli.shared.Terminal;
import dev.baton.cli.shared.Values;
import dev.baton.cli.task.CompleteCommand;
import dev.baton.cli.task.ExtendCommand;
import dev.baton.cli.task.FailCommand;
import dev.baton.cli.task.GetCommand;
import dev.baton.cli.task.LeaseCommand;
import dev.baton.cli.task.ListCommand;
import dev.baton.cli.task.MoveCommand;
import dev.baton.cli.task.PutCommand;
import dev.baton.cli.task.ReleaseCommand;
import dev.baton.cli.task.TaskCommands;
import dev.baton.cli.webhook.WebhookCommands;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line as a whole. Not safe for use by several threads. */
public final class Cli {
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
  private final CliBackend backend;
  private final DataStream data;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param clock the wall clock, for instants that people reckon from now
   * @param data where data goes; its faults end every command with {@link ExitCodes#CANNOT_WRITE}
   * @param err where messages go
   */
  public Cli(
      CliBackend backend,
      Terminal terminal,
      InstantSource clock,
      OutputStream data,
      PrintWriter err) {
    this.backend = backend;
    this.data = new DataStream(data);
    this.out = new PrintWriter(new OutputStreamWriter(this.data, StandardCharsets.UTF_8));
    this.err = err;
    CliContext context = new CliContext(backend, terminal, clock, this.data);
    commands.put("serve", () -> new ServeCommand(context));
    commands.put("put", () -> new PutCommand(context));
    commands.put("get", () -> new GetCommand(context));
    commands.put("list", () -> new ListCommand(context));
    commands.put("lease", () -> new LeaseCommand(context));
    commands.put("extend", () -> new ExtendCommand(context));
    commands.put("complete", () -> new CompleteCommand(context));
    commands.put("fail", () -> new FailCommand(context));
    commands.put("release", () -> new ReleaseCommand(context));
    commands.put("cancel", () -> MoveCommand.cancel(context));
    commands.put("redrive", () -> MoveCommand.redrive(context));
    commands.put("work", () -> new WorkCommand(context));
    commands.put("run", () -> new RunCommand(context));
    commands.put("task", () -> TaskCommands.of(context));
    commands.put("batch", () -> BatchCommands.of(context));
    commands.put("schedule", () -> ScheduleCommands.of(context));
    commands.put("webhook", () -> WebhookCommands.of(context));
    commands.put("queue", () -> QueueCommands.queue(context));
    commands.put("worker", () -> QueueCommands.worker(context));
    commands.put("model", () -> QueueCommands.model(context));
    commands.put("bench", () -> new BenchCommand(context));
    commands.put("openapi", () -> new OpenapiCommand(context));
    commands.put("backup", () -> new BackupCommand(context));
    commands.put("restore", () -> new RestoreCommand(context));
    commands.put("check", () -> new CheckCommand(context));
    commands.put("prune", () -> new PruneCommand(context));
    commands.put("doctor", () -> new DoctorCommand(context));
    commands.put("version", () -> new VersionCommand(context));
    commands.put("completion", () -> new CompletionCommand(this::line));
  }

  /** Runs a command line and returns its exit code. */
  public int run(String... args) {
    CommandLine line = line(args);
    int exitCode = line.execute(args);
    out.flush();
    int code =
        exitCode == ExitCodes.CANNOT_WRITE
            ? exitCode
            : data.loss().map(why -> Failures.lost(line, why, args)).orElse(exitCode);
    err.flush();
    return code;
  }

  /** Only the command that is called is put together: the others cost start-up time. */
  private CommandLine line(String... args) {
    CommandLine line = new CommandLine(new BatonCommand());
    if (args.length > 0 && commands.containsKey(args[0])) {
      add(line, args[0]);
    } else {
      commands.keySet().forEach(name -> add(line, name));
    }
    return dressed(line);
  }

  private void add(CommandLine line, String name) {
    Supplier<Object> command = commands.get(name);
    if (command == null) {
      throw new IllegalStateException("no command " + name);
    }
    Object made = command.get();
    CommandLine sub = made instanceof CommandLine group ? group : new CommandLine(made);
    // What follows a program is the program's.
    sub.setStopAtPositional(name.equals("work"));
    line.addSubcommand(name, sub);
  }

  private CommandLine dressed(CommandLine line) {
    Values.register(line);
    Failures failures = new Failures();
    line.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setAbbreviatedOptionsAllowed(false)
        // A prompt may begin with an at sign.
        .setExpandAtFiles(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    HelpPages.complete(line);
    line.getCommandSpec()
        .versionProvider(() -> new String[] {"baton " + backend.version()})
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    return line;
  }
}
