package dev.baton.http.in.runner.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=\"b\"";

  private static Multipart form(String body) throws IOException {
    byte[] bytes = body.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(UTF_8);
    return new Multipart(new ByteArrayInputStream(bytes), TYPE);
  }

  @Test
  void parts_comeInOrder_withTheirContentToTheByte() throws IOException {
    Multipart form =
        form(
            """
            --b
            Content-Disposition: form-data; name="id"

            batch-1
            --b
            content-disposition: form-data; name="file"; filename="r.csv"
            Content-Type: text/csv

            prompt
            --
            -b
            --c

            --b--
            """);

    Multipart.Part id = form.next().orElseThrow();
    assertThat(id.name()).isEqualTo("id");
    assertThat(id.fileName()).isEmpty();
    assertThat(id.text()).isEqualTo("batch-1");
    Multipart.Part file = form.next().orElseThrow();
    assertThat(file.fileName()).contains("r.csv");
    assertThat(file.text()).isEqualTo("prompt\r\n--\r\n-b\r\n--c\r\n");
    assertThat(form.next()).isEmpty();
  }

  @Test
  void part_thatIsEmpty_orNotRead_doesNotHideTheNext() throws IOException {
    Multipart form =
        form(
            """
            --b
            Content-Disposition: form-data; name="a"


            --b
            Content-Disposition: form-data; name="b"

            unread
            --b
            Content-Disposition: form-data; name="c"

            x
            --b--""");

    assertThat(form.next().orElseThrow().text()).isEmpty();
    assertThat(form.next()).isPresent();
    assertThat(form.next().orElseThrow().text()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--c\r\n",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--bx"
      })
  void form_thatIsBroken_isRefused(String body) {
    assertThatThrownBy(
            () -> {
              Multipart form = form(body);
              form.next().orElseThrow().text();
            })
        .isInstanceOf(BatonException.class);
  }
}
