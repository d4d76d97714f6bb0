package dev.baton.cli;

import java.util.Map;
import java.util.Optional;

/** An example for each command, to be typed as it stands once its names are there. */
final class Examples {
  private static final Map<String, String> BY_COMMAND =
      Map.ofEntries(
          Map.entry("baton serve", "baton serve --db work.db --port 8000"),
          Map.entry("baton put", "baton put --priority high \"Why is the sky blue?\""),
          Map.entry("baton get", "baton get TASK --answer --wait 10m"),
          Map.entry("baton list", "baton list --state dead --max 20"),
          Map.entry("baton lease", "baton lease --for 10m --json"),
          Map.entry("baton extend", "baton extend LEASE --lease 10m --progress 50"),
          Map.entry("baton complete", "baton complete LEASE \"Because of Rayleigh scattering.\""),
          Map.entry("baton fail", "baton fail LEASE --message \"out of memory\" --retry-after 1m"),
          Map.entry("baton release", "baton release LEASE --delay 5m"),
          Map.entry("baton cancel", "baton cancel TASK ANOTHER"),
          Map.entry("baton redrive", "baton redrive TASK"),
          Map.entry("baton work", "baton work --concurrency 4 --timeout 5m -- ./answer.sh"),
          Map.entry("baton run", "baton run rows.csv -o answers.csv --program \"tr a-z A-Z\""),
          Map.entry("baton task list", "baton task list --queue default --watch 5s"),
          Map.entry("baton task show", "baton task show TASK"),
          Map.entry("baton task attempts", "baton task attempts TASK"),
          Map.entry("baton task edit", "baton task edit TASK --priority urgent"),
          Map.entry("baton task cancel", "baton task cancel --state ready --queue default --yes"),
          Map.entry("baton task redrive", "baton task redrive --state dead"),
          Map.entry("baton task run", "baton task run TASK"),
          Map.entry("baton task delete", "baton task delete --yes TASK"),
          Map.entry("baton batch list", "baton batch list --watch"),
          Map.entry("baton batch show", "baton batch show BATCH --watch 10s"),
          Map.entry("baton batch create", "baton batch create --id fruit --name Fruit fruit.csv"),
          Map.entry(
              "baton batch run",
              "baton batch run rows.csv -o answers.csv --server http://127.0.0.1:8000"),
          Map.entry("baton batch set", "baton batch set BATCH --concurrency 10 --priority low"),
          Map.entry("baton batch start", "baton batch start BATCH"),
          Map.entry("baton batch pause", "baton batch pause BATCH"),
          Map.entry("baton batch resume", "baton batch resume BATCH"),
          Map.entry("baton batch cancel", "baton batch cancel --yes BATCH"),
          Map.entry("baton batch retry", "baton batch retry BATCH"),
          Map.entry("baton batch results", "baton batch results BATCH -o answers.csv"),
          Map.entry("baton batch delete", "baton batch delete --yes BATCH"),
          Map.entry("baton schedule list", "baton schedule list"),
          Map.entry("baton schedule show", "baton schedule show SCHEDULE"),
          Map.entry(
              "baton schedule add",
              "baton schedule add --name Daily --cron \"0 9 * * MON-FRI\" --input tasks.jsonl"),
          Map.entry("baton schedule edit", "baton schedule edit SCHEDULE --zone Europe/Berlin"),
          Map.entry("baton schedule enable", "baton schedule enable SCHEDULE"),
          Map.entry("baton schedule disable", "baton schedule disable SCHEDULE"),
          Map.entry("baton schedule run", "baton schedule run SCHEDULE"),
          Map.entry("baton schedule runs", "baton schedule runs SCHEDULE"),
          Map.entry("baton schedule dry-run", "baton schedule dry-run SCHEDULE"),
          Map.entry("baton schedule delete", "baton schedule delete --yes SCHEDULE"),
          Map.entry("baton webhook list", "baton webhook list"),
          Map.entry("baton webhook show", "baton webhook show WEBHOOK"),
          Map.entry(
              "baton webhook add",
              "baton webhook add https://receiver.example/hook --events task.completed"),
          Map.entry("baton webhook edit", "baton webhook edit WEBHOOK --enabled false"),
          Map.entry("baton webhook test", "baton webhook test WEBHOOK"),
          Map.entry("baton webhook deliveries", "baton webhook deliveries WEBHOOK --watch"),
          Map.entry("baton webhook redeliver", "baton webhook redeliver WEBHOOK DELIVERY"),
          Map.entry("baton webhook delete", "baton webhook delete --yes WEBHOOK"),
          Map.entry("baton queue list", "baton queue list --watch 2s --watch-for 1m"),
          Map.entry("baton queue depth", "baton queue depth default"),
          Map.entry("baton queue pause", "baton queue pause default"),
          Map.entry("baton queue resume", "baton queue resume default"),
          Map.entry("baton worker list", "baton worker list --watch"),
          Map.entry("baton model list", "baton model list --server http://127.0.0.1:8000"),
          Map.entry("baton bench", "baton bench"),
          Map.entry("baton openapi", "baton openapi > openapi.json"),
          Map.entry("baton backup", "baton backup --db work.db copy.db"),
          Map.entry("baton restore", "baton restore --db work.db copy.db"),
          Map.entry("baton check", "baton check --db work.db"),
          Map.entry("baton prune", "baton prune --older-than 30d --yes"),
          Map.entry("baton doctor", "baton doctor --db work.db"),
          Map.entry("baton version", "baton version"),
          Map.entry("baton completion", "source <(baton completion bash)"));

  private Examples() {}

  /** That of the command with this name, such as {@code baton task list}. */
  static Optional<String> of(String command) {
    return Optional.ofNullable(BY_COMMAND.get(command));
  }
}
