package dev.baton.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What an embedder gets: the modules' own files say, and each addition shows here. */
final class EmbeddedDependenciesTest {

  @ParameterizedTest
  @CsvSource({
    "core, guava jspecify error_prone_annotations",
    "adapters-persistence, baton-core jackson-databind jdbi3-core sqlite-jdbc",
  })
  void aModule_bringsTheListedAndNothingElse(String module, String artefacts) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("..", module, "pom.xml").toFile());

    assertThat(brought(pom)).containsExactlyInAnyOrder(artefacts.split(" ", -1));
  }

  private static List<String> brought(Document pom) throws Exception {
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "/project/dependencies/dependency[not(scope='test')]/artifactId",
                    pom,
                    XPathConstants.NODESET);
    List<String> artefacts = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      Node artefact = found.item(i);
      artefacts.add(artefact.getTextContent());
    }
    return artefacts;
  }
}
