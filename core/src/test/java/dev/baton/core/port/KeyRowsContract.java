package dev.baton.core.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which task a key stands for. */
public abstract class KeyRowsContract extends StoreFixture {

  @Test
  void key_setAgain_standsForTheNewestUse() {
    List<Long> seqs = insertAll(readyTask("a"), readyTask("b")).stream().map(r -> r.seq()).toList();
    KeyRows.Key key = new KeyRows.Key(TENANT, "request:put é", "'; \uD83D\uDE00 k");
    KeyRows.Use second = new KeyRows.Use(seqs.get(1), "finger-2", NOW.plusMillis(7));
    run(tx -> tx.keys().put(key, new KeyRows.Use(seqs.get(0), "", NOW)));

    run(tx -> tx.keys().put(key, second));

    assertThat(reading().keys().find(key)).contains(second);
  }

  protected static Stream<KeyRows.Key> otherKeys() {
    return Stream.of(
        new KeyRows.Key(OTHER_TENANT, "scope", "value"),
        new KeyRows.Key(TENANT, "", "value"),
        new KeyRows.Key(TENANT, "scope", "Value"),
        new KeyRows.Key(TENANT, "scope", "value "));
  }

  @ParameterizedTest
  @MethodSource("otherKeys")
  void key_ofAnotherTenantScopeOrValue_isAnother(KeyRows.Key other) {
    long seq = insert(readyTask("t")).seq();

    run(
        tx ->
            tx.keys()
                .put(new KeyRows.Key(TENANT, "scope", "value"), new KeyRows.Use(seq, "", NOW)));

    assertThat(reading().keys().find(other)).isEmpty();
  }

  @Test
  void pruneKeys_removesThoseUsedBeforeTheCutoff_upToTheBound() {
    long seq = insert(readyTask("t")).seq();
    run(
        tx -> {
          for (int i = 0; i < 5; i++) {
            tx.keys()
                .put(
                    new KeyRows.Key(TENANT, "", "k" + i),
                    new KeyRows.Use(seq, "", NOW.plusMillis(i)));
          }
        });

    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isEqualTo(2);
    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isEqualTo(1);
    assertThat(writing().keys().prune(NOW.plusMillis(3), 2)).isZero();
    assertThat(reading().keys().find(new KeyRows.Key(TENANT, "", "k2"))).isEmpty();
    assertThat(reading().keys().find(new KeyRows.Key(TENANT, "", "k3"))).isPresent();
  }
}
