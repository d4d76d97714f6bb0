package dev.baton.cli.shared;

import static dev.baton.cli.shared.CommandFailure.usage;

import dev.baton.cli.shared.CliBackend.Target;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.BatchClient;
import dev.baton.core.client.BatonClient;
import dev.baton.core.client.ScheduleClient;
import dev.baton.core.client.TaskClient;
import dev.baton.core.client.WebhookClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.domain.prompt.ModelName;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say where to work. */
public final class Where {
  private static final Path DB_DEFAULT = Path.of("baton.db");

  @Option(
      names = "--db",
      paramLabel = "FILE",
      description = "Work on this database file (default: $BATON_DB, or baton.db).")
  private Optional<Path> db = Optional.empty();

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "Work through this server, such as http://127.0.0.1:8000 ($BATON_SERVER).")
  private Optional<URI> server = Optional.empty();

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "Whose tasks, on a database file (default: ${DEFAULT-VALUE}).")
  private TenantId tenant = TenantId.DEFAULT;

  @Mixin private final LockOption lock = new LockOption();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private CliBackend.Use.Kind kind = CliBackend.Use.Kind.SHORT;

  /** For a command that only reads: on a file it waits for nobody. */
  public Where reading() {
    kind = CliBackend.Use.Kind.READ;
    return this;
  }

  /** For a command that has a file for long: others are refused meanwhile. */
  public Where lasting() {
    kind = CliBackend.Use.Kind.LONG;
    return this;
  }

  /** How this command uses a database file, for housekeeping. */
  public CliBackend.Use use(CliBackend.Use.Kind what) {
    return lock.use(what, command);
  }

  /** Opens what the options name; a database file must be there. The caller closes the client. */
  public TaskClient open(CliContext context) {
    return existing(context).tasks();
  }

  /** Opens what the options name, making a database file that is missing. */
  public TaskClient openOrCreate(CliContext context) {
    return client(context).tasks();
  }

  /** As {@link #open}, for an operator. */
  public AdminClient admin(CliContext context) {
    return existing(context).admin();
  }

  /** As {@link #open}, for batches. */
  public BatchClient batches(CliContext context) {
    return existing(context).batches();
  }

  /** As {@link #open}, for webhooks. */
  public WebhookClient webhooks(CliContext context) {
    return existing(context).webhooks();
  }

  /** As {@link #open}, for schedules. */
  public ScheduleClient schedules(CliContext context) {
    return existing(context).schedules();
  }

  /** As {@link #open}, for anything. */
  BatonClient existing(CliContext context) {
    if (target(context.terminal()) instanceof Target.File file) {
      requireDatabase(file.path());
    }
    return client(context);
  }

  private BatonClient client(CliContext context) {
    Target target = target(context.terminal());
    if (target instanceof Target.Server && !tenant.equals(TenantId.DEFAULT)) {
      throw usage("--tenant works on a database file only: a server knows who asks");
    }
    return context.backend().open(target, tenant, lock.use(kind, command));
  }

  /** Where to work; what the command line says goes before the environment. */
  public Target target(Terminal terminal) {
    if (db.isPresent() && server.isPresent()) {
      throw usage("--db and --server exclude each other");
    }
    if (server.isPresent()) {
      return new Target.Server(checked(server.get()));
    }
    if (db.isPresent()) {
      return new Target.File(Texts.database(db.get()));
    }
    Optional<String> url = terminal.variable("BATON_SERVER");
    Optional<String> file = terminal.variable("BATON_DB");
    if (url.isPresent() && file.isPresent()) {
      throw usage("BATON_DB and BATON_SERVER are both set: name one, or use --db or --server");
    }
    return url.<Target>map(text -> new Target.Server(checked(parsed(text))))
        .orElseGet(() -> new Target.File(file.map(Path::of).orElse(DB_DEFAULT)));
  }

  private static URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw usage("BATON_SERVER is no URL: " + text);
    }
  }

  private static URI checked(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean port = url.getPort() >= -1 && url.getPort() <= 65_535 && url.getPort() != 0;
    if (url.getUserInfo() != null) {
      // Not repeated: it holds a password.
      throw usage("a server is named as http://HOST:PORT, without a user name and a password");
    }
    if (!http
        || !port
        || url.getHost() == null
        || url.getAuthority().endsWith(":")
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw usage("a server is named as http://HOST:PORT, not '" + url + "'");
    }
    return url;
  }

  /** Refuses what is no file, for a command that does not make one. */
  public static void requireDatabase(Path file) {
    if (Files.isRegularFile(file)) {
      return;
    }
    String advice =
        Files.exists(file)
            ? "%s is no file: name the database with --db"
            : "there is no database at %s: name it with --db, or make it with 'baton put' or 'baton serve'";
    throw new CommandFailure(ExitCodes.NO_INPUT, "NO_DATABASE", advice.formatted(file));
  }

  /** The option of commands that take work from queues. */
  public static final class Queues {

    @Option(
        names = "--queue",
        paramLabel = "NAME",
        split = ",",
        description = "From these queues, whatever goes first (default: default,integration).")
    private List<QueueName> names = List.of(QueueName.DEFAULT, QueueName.INTEGRATION);

    @Option(
        names = "--model",
        paramLabel = "NAME",
        split = ",",
        description = "For these models only; by default for any.")
    private List<String> models = List.of();

    /** The models that tasks are taken for; empty: any. */
    public List<ModelName> models() {
      if (!models.stream().allMatch(ModelName::isValid)) {
        throw CommandFailure.usage("--model: a name is 1 to 128 of A-Z a-z 0-9 . _ : / @ + -");
      }
      return models.stream().map(ModelName::new).toList();
    }

    public List<QueueName> names() {
      return names;
    }
  }
}
