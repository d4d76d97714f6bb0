package dev.baton.http.out.upstream;

import com.google.common.collect.ImmutableListMultimap;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * The head of an answer. Stricter than the library about what frames the body, because what is not
 * understood there is not an answer.
 */
record ReplyHead(int status, UpstreamHeaders headers) {
  /** Header fields of one head. */
  static final int FIELDS_MAX = 200;

  private static final int CHARACTERS_MAX = 64 * 1024;
  private static final int STATUS_MAX = 599;

  static ReplyHead of(HttpResponse response) throws IOException {
    if (response.getCode() > STATUS_MAX) {
      throw UpstreamException.invalid("the answer is not HTTP/1.1");
    }
    ImmutableListMultimap.Builder<String, String> fields = ImmutableListMultimap.builder();
    int characters = 0;
    for (Header header : response.getHeaders()) {
      String value = header.getValue() == null ? "" : header.getValue();
      characters += header.getName().length() + value.length();
      fields.put(header.getName().toLowerCase(Locale.ROOT), value);
    }
    if (characters > CHARACTERS_MAX) {
      throw UpstreamException.invalid("the answer's head is too large");
    }
    return new ReplyHead(response.getCode(), new UpstreamHeaders(fields.build()));
  }

  /** Whether the status is not one of success. */
  boolean isRefusal() {
    return status > 299;
  }

  /** Refuses a body whose end or coding is not clear. */
  void checkBody() throws IOException {
    for (String encoding : headers.all("content-encoding")) {
      if (!encoding.equalsIgnoreCase("identity")) {
        throw UpstreamException.invalid("the answer is compressed, which was not asked for");
      }
    }
    List<String> codings = headers.all("transfer-encoding");
    List<String> lengths = headers.all("content-length");
    boolean both = !codings.isEmpty() && !lengths.isEmpty();
    if (both || codings.size() > 1 || lengths.stream().distinct().count() > 1) {
      throw UpstreamException.invalid("the length of the answer is unclear");
    }
  }
}
