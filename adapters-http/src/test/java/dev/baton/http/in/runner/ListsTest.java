package dev.baton.http.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How lists are asked for. */
final class ListsTest {
  private final Runner runner = new Runner();

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void unknownParameters_areIgnoredAndNamed_orRefusedWhereThatIsPreferred() {
    Answer ignored = runner.get("/tasks?colour=red&limit=1&size=9");
    Answer refused =
        runner.answer(
            runner.request("GET", "/tasks?colour=red").header("Prefer", "handling=strict"));

    assertThat(ignored.status()).isEqualTo(200);
    assertThat(ignored.header("X-Ignored-Parameters")).contains("colour, size");
    assertThat(runner.get("/tasks?limit=1").header("X-Ignored-Parameters")).isEmpty();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/error/details/fields/0/parameter").asText()).isEqualTo("colour");
  }

  @ParameterizedTest
  @CsvSource({"sort=name&order=asc,a b c", "sort=name,c b a", "order=asc,b c a", "'',a c b"})
  void lists_ofWhatHasAName_areSortedByItToo(String query, String names) {
    runner.files.texts.put("in.csv", "p\n");
    for (String name : List.of("b", "c", "a")) {
      runner.post("/batches", "{\"name\":\"" + name + "\",\"tasks\":[{\"prompt\":\"p\"}]}");
      runner.post(
          "/scheduled-tasks",
          "{\"name\":\"" + name + "\",\"schedule\":\"@daily\",\"inputFile\":\"in.csv\"}");
    }

    for (String path : List.of("/batches", "/scheduled-tasks")) {
      assertThat(String.join(" ", runner.get(path + "?" + query).data().findValuesAsText("name")))
          .isEqualTo(names);
    }
  }
}
