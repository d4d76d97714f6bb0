package dev.baton.app.crash;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.app.crash.Event.Op;
import dev.baton.app.crash.Event.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the server for one client, and writes into the history what came of it. */
final class Recorder implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** One clock for all clients: the wall clock at the start, steady from then on. */
  private static final long WALL_MICROS = System.currentTimeMillis() * 1_000;

  private static final long STARTED_NANOS = System.nanoTime();

  private final String proc;
  private final History history;
  private final Supplier<@Nullable InetSocketAddress> server;
  private final Wire wire = new Wire();

  /**
   * @param server where it listens now; null while it does not
   */
  Recorder(String proc, History history, Supplier<@Nullable InetSocketAddress> server) {
    this.proc = proc;
    this.history = history;
    this.server = server;
  }

  /** The server can't be reached: nothing was sent. */
  static final class ServerDownException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * An answer with its span.
   *
   * @param answer null when there was none
   */
  record Told(long invoked, long returned, Wire.@Nullable Answer answer) {

    Outcome outcome() {
      if (answer == null || answer.status() >= 500) {
        return Outcome.INFO;
      }
      return answer.status() < 300 ? Outcome.OK : Outcome.FAIL;
    }

    boolean isOk() {
      return outcome() == Outcome.OK;
    }

    boolean isReplayed() {
      return answer != null && answer.header("Idempotent-Replayed").isPresent();
    }

    int status() {
      return answer == null ? 0 : answer.status();
    }

    /** The body of an answer that is ok. */
    JsonNode json() {
      try {
        return JSON.readTree(requireNonNull(answer).body());
      } catch (IOException e) {
        throw new IllegalStateException("no JSON: " + this, e);
      }
    }
  }

  String proc() {
    return proc;
  }

  static long now() {
    return WALL_MICROS + (System.nanoTime() - STARTED_NANOS) / 1_000;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Calls, and says how long it took and what was answered.
   *
   * @param body null for a GET
   */
  Told call(String target, @Nullable ObjectNode body) throws ServerDownException {
    InetSocketAddress address = server.get();
    if (address == null) {
      wire.close();
      throw new ServerDownException();
    }
    long invoked = now();
    Wire.Answer answer;
    try {
      answer = wire.call(address, target, body == null ? null : body.toString());
    } catch (Wire.NotSentException e) {
      throw new ServerDownException();
    } catch (IOException e) {
      answer = null;
    }
    return new Told(invoked, now(), answer);
  }

  /** Records one event of what was told. */
  void record(Op op, Told told, Consumer<Event.Builder> details) {
    Event.Builder event =
        Event.of(proc, op)
            .span(told.invoked(), told.returned())
            .outcome(told.outcome(), told.status())
            .replayed(told.isReplayed());
    details.accept(event);
    history.add(event.build());
  }

  @Override
  public void close() {
    wire.close();
  }
}
