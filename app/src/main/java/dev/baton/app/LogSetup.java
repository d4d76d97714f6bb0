package dev.baton.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.baton.app.config.Config;
import org.slf4j.LoggerFactory;

/**
 * Logging, all of it to standard error. Said in code, because reading it from a file costs a
 * quarter of the start-up time.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{0} - "
          + "%replace(%msg%replace(%rEx{12}){'^(?=.)', ': '}){'\\s*[\\r\\n]+\\s*', ' | '}%nopex%n";

  /** Called by Logback when the first logger is asked for. */
  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    apply(loggers, Config.DEFAULT.logging());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // It is SLF4J's own lock that is waited for.
  static void apply(Config.Logging logging) {
    // While another thread asks for the first logger, SLF4J hands out a stand-in; it makes the real
    // one under this lock.
    synchronized (LoggerFactory.class) {
      apply((LoggerContext) LoggerFactory.getILoggerFactory(), logging);
    }
  }

  private static void apply(LoggerContext loggers, Config.Logging logging) {
    loggers.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(loggers);
    console.setTarget("System.err");
    console.setEncoder(encoder(loggers, logging.isJson()));
    console.start();
    Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    RepeatedFaults faults = new RepeatedFaults(console);
    faults.setContext(loggers);
    faults.start();
    root.addAppender(faults);
    // Below this it writes keys, prompts and answers, whatever level is wanted of the rest.
    loggers.getLogger("org.apache.hc").setLevel(Level.WARN);
    loggers.getLogger("dev.baton").setLevel(Level.toLevel(logging.level()));
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext loggers, boolean json) {
    if (json) {
      JsonEncoder encoder = new JsonEncoder();
      encoder.setContext(loggers);
      encoder.start();
      return encoder;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}
