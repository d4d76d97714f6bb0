package dev.baton.persistence.sqlite;

import dev.baton.persistence.jdbc.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads a whole database and says, in sentences, what does not hold. */
final class IntegrityCheck {
  private static final int FINDINGS_MAX = 100;

  /** What each query must find none of, and how to say it when it does. */
  private static final Map<String, String> RULES =
      Map.of(
          "SELECT count(*) FROM task t LEFT JOIN task_text x USING (seq) WHERE x.seq IS NULL",
          "%d tasks have lost their prompt",
          "SELECT count(*) FROM task t LEFT JOIN task_result r USING (seq)"
              + " WHERE t.state = 3 AND r.content IS NULL",
          "%d succeeded tasks have no answer",
          "SELECT count(*) FROM task t LEFT JOIN task_result r USING (seq)"
              + " WHERE t.state = 4 AND r.failure_code IS NULL",
          "%d dead tasks do not say why",
          "SELECT count(*) FROM task t JOIN task_result r USING (seq) WHERE t.state NOT IN (3, 4)",
          "%d tasks that are not over have a result",
          "SELECT count(*) FROM task WHERE state = 2 AND (holder IS NULL OR token < 1)",
          "%d leased tasks have no holder",
          "SELECT count(*) FROM gate g WHERE taken != (SELECT count(*) FROM task t"
              + " WHERE t.tenant = g.tenant AND t.gate = g.id AND t.in_gate = 1)",
          "%d gates count their places wrongly",
          "SELECT count(*) FROM (SELECT first, lag(first + count) OVER (ORDER BY first) AS due"
              + " FROM event_block) WHERE due IS NOT NULL AND due != first",
          "the log of events has %d gaps");

  private IntegrityCheck() {}

  static List<String> findings(Session session) {
    Handle handle = session.handle();
    List<String> findings = new ArrayList<>();
    List<String> pages =
        handle
            .createQuery("PRAGMA integrity_check(" + FINDINGS_MAX + ")")
            .mapTo(String.class)
            .list();
    if (!pages.equals(List.of("ok"))) {
      findings.addAll(pages);
      return findings;
    }
    if (Migrations.version(session) == Migrations.newest()) {
      Migrations.missing(session).forEach(object -> findings.add("it has no " + object));
    }
    if (!findings.isEmpty()) {
      // The rules would not find what they ask for.
      return findings;
    }
    RULES.forEach(
        (query, sentence) -> {
          long count = handle.createQuery(query).mapTo(Long.class).one();
          if (count > 0) {
            findings.add(sentence.formatted(count));
          }
        });
    return findings;
  }
}
