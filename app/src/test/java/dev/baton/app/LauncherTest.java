package dev.baton.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, beside a jar that only points at the classes under test. */
final class LauncherTest {
  @TempDir private Path home;
  private Path script;

  @BeforeEach
  void installScript() throws IOException {
    script = home.resolve("baton");
    Files.copy(Path.of("baton"), script);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void version_isToldByTheJarBesideIt() throws Exception {
    putJar(home.resolve("baton.jar"));

    Ended ended = run(script, Map.of(), "version");

    assertThat(ended.output()).startsWith("baton ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void theJarUnderTarget_isFoundThroughALink() throws Exception {
    Files.createDirectory(home.resolve("target"));
    putJar(home.resolve("target/baton.jar"));
    Path link = Files.createDirectory(home.resolve("bin")).resolve("baton");
    Files.createSymbolicLink(link, Path.of("../baton"));

    assertThat(run(link, Map.of(), "version").code()).isZero();
  }

  @Test
  void javaOpts_goOverTheScriptsOwn() throws Exception {
    putJar(home.resolve("baton.jar"));

    Ended ended = run(script, Map.of("JAVA_OPTS", "-Xmx64m -XX:+PrintCommandLineFlags"), "version");

    assertThat(ended.output()).contains("-XX:MaxHeapSize=" + (64L << 20));
  }

  @Test
  void inTheLocaleC_filesWithOtherLettersInTheirNames_areFound() throws Exception {
    putJar(home.resolve("baton.jar"));
    Path work = home.resolve("work.sh");
    Files.writeString(
        work, "cd '" + home + "' && ./baton put --db 'b\u00f6.db' hi && test -s 'b\u00f6.db'\n");

    Ended ended = run(Path.of("/bin/sh"), Map.of("LC_ALL", "C"), work.toString());

    assertThat(ended.code()).as(ended.output()).isZero();
  }

  @Test
  void theExitCode_isTheCommands() throws Exception {
    putJar(home.resolve("baton.jar"));

    assertThat(run(script, Map.of(), "no-such-command").code()).isEqualTo(2);
  }

  @Test
  void anArchiveOfClassesThatDoesNotFit_isPassedOverInSilence() throws Exception {
    putJar(home.resolve("baton.jar"));
    Path archive = home.resolve("baton.jsa");
    Files.writeString(archive, "not an archive");

    Ended ended = run(script, Map.of(), "version");

    assertThat(ended.output()).startsWith("baton ");
    assertThat(ended.code()).isZero();
  }

  @Test
  void withoutAJar_itSaysWhatToDo() throws Exception {
    Ended ended = run(script, Map.of(), "version");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("no baton.jar").contains("mvn package");
  }

  @Test
  void anOldJava_isRefused() throws Exception {
    putJar(home.resolve("baton.jar"));
    Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

    Ended ended = run(script, Map.of("JAVA_HOME", home.resolve("jdk").toString()), "version");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("Java 11; 17 or newer is needed");
  }

  private static void putJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", classpath()));
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  private static List<String> classpath() {
    return TestClasspath.entries().stream().map(entry -> entry.toUri().toString()).toList();
  }

  private static Ended run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(script.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private record Ended(int code, String output) {}
}
