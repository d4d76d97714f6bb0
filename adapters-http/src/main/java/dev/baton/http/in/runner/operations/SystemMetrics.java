package dev.baton.http.in.runner.operations;

import dev.baton.core.domain.task.Tally;
import dev.baton.core.usecase.insight.Metrics.Since;
import dev.baton.http.in.json.Doc;
import dev.baton.http.in.runner.shared.NodeStatus;
import java.time.Duration;
import java.time.Instant;

/** Tasks as of now, the last day's pace, and the process. */
record SystemMetrics(
    @Doc("Tasks by status, now.") Counts tasks,
    @Doc("How well and how fast tasks are worked on.") Performance performance,
    @Doc("The server's machine.") Machine system) {

  /** Tasks by status. */
  @Doc(value = "", name = "SystemTaskCounts")
  record Counts(
      @Doc(value = "All there are.", example = "150") long total,
      @Doc(value = "With an answer.", example = "145") long completed,
      @Doc(value = "Ended without one, cancelled ones included.", example = "3") long failed,
      @Doc(value = "Waiting.", example = "2") long pending,
      @Doc(value = "Leased.", example = "0") long running) {

    static Counts of(Tally tally) {
      return new Counts(
          tally.total(),
          tally.succeeded(),
          tally.dead() + tally.cancelled(),
          tally.held() + tally.ready(),
          tally.leased());
    }
  }

  /** How well and how fast. */
  @Doc(value = "", name = "SystemPerformance")
  record Performance(
      @Doc(value = "Seconds of an answer, over 24 hours.", example = "2.5")
          double averageExecutionTime,
      @Doc(value = "Completed of all that are over, 0 to 1.", example = "0.98") double successRate,
      @Doc(value = "Tasks that ended per minute, over the last hour.", example = "15.2")
          double throughput) {}

  /** The process and its machine. */
  @Doc(value = "", name = "SystemLoad")
  record Machine(
      @Doc(value = "Of the processors, 0 to 1.", example = "0.35") double cpuUsage,
      @Doc(value = "Of the heap, 0 to 1.", example = "0.67") double memoryUsage,
      @Doc(value = "Open HTTP connections.", example = "12") int activeConnections) {}

  static SystemMetrics of(Since day, NodeStatus node) {
    Counts counts = Counts.of(day.tally());
    long over = counts.completed() + counts.failed();
    return new SystemMetrics(
        counts,
        new Performance(
            rounded(day.sum().averageSeconds()),
            over == 0 ? 1 : rounded((double) counts.completed() / over),
            rounded(endedInLastHour(day) / 60.0)),
        new Machine(rounded(node.cpu()), rounded(node.memory()), node.connections()));
  }

  private static long endedInLastHour(Since day) {
    Instant hourAgo = day.now().minus(Duration.ofHours(1));
    return day.buckets().stream()
        .filter(bucket -> bucket.start().isAfter(hourAgo))
        .mapToLong(bucket -> bucket.stats().completed() + bucket.stats().failed())
        .sum();
  }

  /** To four digits. */
  static double rounded(double value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
