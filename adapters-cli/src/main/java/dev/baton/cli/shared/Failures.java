package dev.baton.cli.shared;

import com.google.common.base.Throwables;
import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import dev.baton.core.domain.error.StoreRefusedException;
import dev.baton.core.domain.id.LeaseId;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into a sentence and an exit code. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** What is told of a failure. */
  public record Told(int exitCode, String word, String message) {}

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    boolean json = parsed.expandedArgs().contains(Output.JSON_OPTION);
    if (e instanceof ParameterException usage) {
      return usage(usage, json);
    }
    Told told = naming(of(e), e, parsed);
    tell(line, told, json);
    if (told.exitCode() == ExitCodes.BUG) {
      line.getErr().print(Throwables.getStackTraceAsString(e));
    }
    return told.exitCode();
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    return usage(e, Arrays.asList(args).contains(Output.JSON_OPTION));
  }

  private static int usage(ParameterException e, boolean json) {
    CommandLine line = e.getCommandLine();
    Optional<String> unusable =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched.getUnmatched().stream().filter(LocaleText::isUnusable).findFirst()
            : Optional.empty();
    String message = unusable.map(LocaleText::problem).orElse(String.valueOf(e.getMessage()));
    tell(line, new Told(ExitCodes.USAGE, "USAGE", message), json);
    if (!json && unusable.isEmpty()) {
      if (!UnmatchedArgumentException.printSuggestions(e, line.getErr())) {
        line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
      }
    }
    return ExitCodes.USAGE;
  }

  /** Tells that data did not get to standard output; whatever else the command did was done. */
  public static int lost(CommandLine line, String why, String... args) {
    Told told =
        new Told(
            ExitCodes.CANNOT_WRITE,
            "CANNOT_WRITE",
            "standard output could not be written: " + why + "; what was asked for may be done");
    tell(line, told, Arrays.asList(args).contains(Output.JSON_OPTION));
    return told.exitCode();
  }

  private static void tell(CommandLine line, Told told, boolean json) {
    if (!json) {
      line.getErr().println("baton: " + told.message());
      return;
    }
    Jsons.Members error =
        new Jsons.Members()
            .put("code", told.word())
            .put("message", told.message())
            .put("exitCode", told.exitCode());
    line.getErr().println(Jsons.write(new Jsons.Members().put("error", error.toMap()).toMap()));
  }

  /** What is not there is told by its id, which the words of a server may leave out. */
  private static Told naming(Told told, Exception e, ParseResult parsed) {
    if (!(e instanceof BatonException refusal)) {
      return told;
    }
    String kind =
        switch (refusal.code()) {
          case TASK_NOT_FOUND -> "task";
          case BATCH_NOT_FOUND -> "batch";
          case SCHEDULE_NOT_FOUND -> "schedule";
          case WEBHOOK_NOT_FOUND -> "webhook";
          case DELIVERY_NOT_FOUND -> "delivery";
          default -> "";
        };
    return parsed.asCommandLineList().stream()
        .flatMap(line -> line.getParseResult().matchedPositionals().stream())
        .filter(operand -> isId(operand.paramLabel(), kind))
        .flatMap(operand -> operand.originalStringValues().stream())
        .findFirst()
        .map(id -> new Told(told.exitCode(), told.word(), unknown(kind, taskOfLease(id))))
        .orElse(told);
  }

  private static boolean isId(String label, String kind) {
    return label.equalsIgnoreCase(kind) || (label.equals("LEASE") && kind.equals("task"));
  }

  private static String taskOfLease(String id) {
    return LeaseId.parse(id).map(lease -> lease.taskId().value()).orElse(id);
  }

  /** That there is no such thing. */
  public static String unknown(String kind, String id) {
    return "there is no %s %s".formatted(kind, id);
  }

  /** What to tell of {@code e}, which any part of a command may have thrown. */
  public static Told of(Exception e) {
    String message = Optional.ofNullable(e.getMessage()).orElse(e.toString());
    if (e instanceof CommandFailure failure) {
      return new Told(failure.exitCode(), failure.word(), message);
    }
    if (e instanceof BatonException refusal) {
      return new Told(exitCode(refusal.code()), refusal.code().name(), message);
    }
    if (e instanceof StoreRefusedException refusal) {
      return new Told(exitCode(refusal.reason()), refusal.reason().name(), message);
    }
    if (e instanceof InvalidPathException path) {
      return new Told(ExitCodes.USAGE, "USAGE", LocaleText.problem(path.getInput()));
    }
    return new Told(ExitCodes.BUG, "BUG", "this is a bug of Baton's, please report it: " + message);
  }

  private static int exitCode(StoreRefusedException.Reason reason) {
    return switch (reason) {
      case IN_USE, LOCKED -> ExitCodes.IN_USE;
      case DAMAGED, FOREIGN, NEWER -> ExitCodes.REFUSED;
      case FULL -> ExitCodes.DISK_FULL;
      case REPLACED -> ExitCodes.REPLACED;
      case IO_ERROR -> ExitCodes.IO_ERROR;
      case NO_PERMISSION -> ExitCodes.NO_PERMISSION;
      case UNREACHABLE -> ExitCodes.CANNOT_WRITE;
    };
  }

  /** The exit code that stands for a refusal. */
  public static int exitCode(ErrorCode code) {
    return switch (code) {
      case VALIDATION_FAILED,
          MALFORMED_BODY,
          UNSUPPORTED_MEDIA_TYPE,
          PAYLOAD_TOO_LARGE,
          METHOD_NOT_ALLOWED,
          BATCH_TOO_LARGE,
          INVALID_CRON_EXPRESSION,
          MODEL_NOT_SUPPORTED,
          URL_NOT_ALLOWED,
          IMMUTABLE_FIELD,
          FILES_DISABLED,
          PATH_NOT_ALLOWED,
          LIMIT_EXCEEDED ->
          ExitCodes.USAGE;
      case NOT_FOUND,
          TASK_NOT_FOUND,
          BATCH_NOT_FOUND,
          SCHEDULE_NOT_FOUND,
          WEBHOOK_NOT_FOUND,
          DELIVERY_NOT_FOUND,
          SERVICE_NOT_FOUND ->
          ExitCodes.NOT_FOUND;
      case FILE_NOT_FOUND -> ExitCodes.NO_INPUT;
      case TASK_EXISTS,
          BATCH_EXISTS,
          FILE_EXISTS,
          PRECONDITION_FAILED,
          IDEMPOTENCY_KEY_REUSED,
          LEASE_LOST,
          TASK_CANCELLED,
          REQUEST_UNDECIDED,
          INVALID_STATE ->
          ExitCodes.CONFLICT;
      case REQUEST_TIMEOUT, OVERLOADED, STORAGE_FULL, STORE_UNAVAILABLE, SHUTTING_DOWN ->
          ExitCodes.UNAVAILABLE;
    };
  }
}
