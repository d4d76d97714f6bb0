package dev.baton.http.out.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.core.domain.error.BatonException;
import dev.baton.core.domain.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a URL may look like: rows 161 and 162 of the list of bad inputs. */
final class OutboundUrlsTest {
  private static final OutboundUrls STRICT = new OutboundUrls(OutboundRules.STRICT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/hook?x=1",
        "https://example.com:443/",
        "HTTPS://EXAMPLE.COM/",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/",
      })
  void anOrdinaryUrl_isTaken(String url) {
    assertThat(STRICT.check(url).toString()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com/",
        "https:///path",
        "https:example.com",
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "https://user:pw@example.com/",
        "https://user@example.com/",
        "https://@example.com/",
        "https://example.com/#part",
        "https://example.com/#",
        "https://example.com:22/",
        "https://example.com:80/",
        "https://example.com:/",
        "https://example.com:99999/",
        "https://exa mple.com/",
        "https://example.com\\@127.0.0.1/",
        "https://exämple.com/",
        "https://example.com./",
        "https://127.0.0.1/",
        "https://0/",
        "https://0.0.0.0/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.01/",
        "https://localhost/",
        "https://localhost./",
        "https://LOCALHOST/",
        "https://a.localhost/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[64:ff9b:1::1]/",
        "https://[2002:7f00:1::]/",
        "https://[2002:a00:1::1]/",
        "https://[fd00::1]/",
        "https://[fc00::1]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fec0::1]/",
        "https://[ff02::1]/",
        "https://[2001:db8::1]/",
        "https://[2001::1]/",
        "https://[fd00:ec2::254]/",
        "https://10.1.2.3/",
        "https://100.64.0.1/",
        "https://100.100.100.200/",
        "https://168.63.129.16/",
        "https://169.254.169.254/latest/meta-data",
        "https://172.16.0.1/",
        "https://172.31.255.255/",
        "https://192.0.0.192/",
        "https://192.0.2.1/",
        "https://192.168.0.1/",
        "https://198.18.0.1/",
        "https://198.19.255.255/",
        "https://198.51.100.1/",
        "https://203.0.113.1/",
        "https://224.0.0.1/",
        "https://240.0.0.1/",
        "https://255.255.255.255/",
        "https://metadata.google.internal/",
        "https://metadata/",
        "https://instance-data/",
      })
  void aUrlThatLeadsElsewhere_isRefused(String url) {
    assertRefused(STRICT, url);
  }

  @Test
  void aUrlThatIsTooLong_isRefused() {
    String start = "https://example.com/";
    String longest = start + "a".repeat(OutboundUrls.MAX_LENGTH - start.length());

    assertThat(STRICT.check(longest)).isNotNull();
    assertRefused(STRICT, longest + "a");
  }

  @Test
  void whatTheOperatorNamed_isTaken_andItsNeighboursAreNot() {
    OutboundUrls urls =
        new OutboundUrls(
            OutboundRules.of(
                List.of("10.1.0.0/16", "fd00:1::/32", "hooks.internal", "127.0.0.1"),
                true,
                List.of(443, 8443)));

    assertThat(
            List.of(
                "http://10.1.2.3:9000/",
                "http://[fd00:1::5]:1234/",
                "http://HOOKS.internal:81/",
                "http://127.0.0.1:20000/",
                "http://example.com/",
                "https://example.com:8443/"))
        .allSatisfy(url -> assertThat(urls.check(url)).isNotNull());
    assertThat(
            List.of(
                "http://10.2.2.3:9000/",
                "http://[fd00:2::5]/",
                "http://other.internal:81/",
                "http://127.0.0.2/",
                "http://2130706433/",
                "http://localhost/"))
        .allSatisfy(url -> assertRefused(urls, url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "a b", "*.example.com", "127.1", "", "::1/x"})
  void anAllowanceThatSaysNothing_isRefused(String entry) {
    assertThatThrownBy(() -> OutboundRules.of(List.of(entry), false, List.of(443)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertRefused(OutboundUrls urls, String url) {
    assertThatThrownBy(() -> urls.check(url))
        .as(url)
        .isInstanceOfSatisfying(
            BatonException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.URL_NOT_ALLOWED));
  }
}
