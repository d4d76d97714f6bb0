package dev.baton.http.in.bridge;

import dev.baton.core.domain.access.TenantId;
import dev.baton.http.in.api.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A curl command of the kind that documents print, as the request it would send. */
record CurlLine(String method, URI url, List<String> headers, String body) {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** All commands of a script, whose lines may go on after a backslash. */
  static List<CurlLine> all(String script) {
    return script
        .replace("\\\n", " ")
        .lines()
        .filter(line -> line.startsWith("curl "))
        .map(CurlLine::parse)
        .toList();
  }

  private static CurlLine parse(String line) {
    String method = "GET";
    String url = "";
    String body = "";
    List<String> headers = new ArrayList<>();
    List<String> words = words(line);
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-H" -> headers.add(words.get(++i));
        case "-d" -> body = words.get(++i);
        default -> url = words.get(i);
      }
    }
    return new CurlLine(method, URI.create(url), headers, body);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  CurlLine withBody(String placeholder, String value) {
    return new CurlLine(method, url, headers, body.replace(placeholder, value));
  }

  Request.Builder request() {
    Request.Builder request =
        Request.builder(method, url.getPath(), TenantId.DEFAULT).body(Bridge.utf8(body));
    if (url.getQuery() != null) {
      request.query(url.getRawQuery());
    }
    for (String header : headers) {
      int colon = header.indexOf(':');
      request.header(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    return request;
  }
}
