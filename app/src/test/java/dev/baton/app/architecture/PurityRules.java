package dev.baton.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What may not be done, wherever it would be possible. */
final class PurityRules {
  /** All that tells another thing on every run. */
  private static final Pattern CLOCK_OR_CHANCE =
      Pattern.compile(
          "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
              + "|java\\.lang\\.Math\\.random"
              + "|java\\.time\\.[A-Za-z]+\\.(now|system[A-Za-z]*|tick[A-Za-z]*)"
              + "|java\\.util\\.UUID\\.randomUUID"
              + "|(java\\.util\\.|java\\.security\\.)[A-Za-z]*Random\\.<init>"
              + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
              + "|java\\.util\\.Date\\.<init>");

  private static final Pattern STARTS_THREAD =
      Pattern.compile(
          "java\\.lang\\.Thread\\.(<init>|start)"
              + "|java\\.util\\.Timer\\.<init>"
              + "|java\\.util\\.concurrent\\.Executors\\.new[A-Za-z]+"
              + "|java\\.util\\.concurrent\\.[A-Za-z]*(PoolExecutor|ForkJoinPool)\\.<init>");

  /** Work that would run on a pool which belongs to nobody. */
  private static final Pattern BORROWS_THREAD =
      Pattern.compile(
          "java\\.util\\.concurrent\\.ForkJoinPool\\.commonPool"
              + "|java\\.util\\.(Collection|List|Set)\\.parallelStream"
              + "|java\\.util\\.stream\\.[A-Za-z]*Stream\\.parallel");

  /**
   * Classes with threads of their own, each in docs/concurrency.md: the store's one writer and its
   * readers, the programs that the {@code work} command watches, what a handler leaves for later,
   * and the calls of others, each of which holds a thread.
   */
  private static final Set<String> OWN_THREADS =
      Set.of(
          "http.in.api.Background",
          "persistence.sqlite.GroupWriter",
          "persistence.sqlite.Readers",
          "cli.process.WorkerPool",
          "http.out.upstream.UpstreamClient");

  static final List<Rule> ALL =
      List.of(
          Rule.of(
              "1 the core opens nothing", PurityRules::opensNothing, "core.usecase.task.OpensFile"),
          Rule.of(
              "8 the core reads no clock, draws no number and does not sleep",
              PurityRules::clockless,
              "core.usecase.task.ReadsClock",
              "core.usecase.task.RefersToClock",
              "core.usecase.task.Sleeps"),
          Rule.of(
              "13 only the program's main speaks to the console",
              PurityRules::silence,
              "cli.task.Talks"),
          Rule.of(
              "14 threads are started in known places",
              PurityRules::threads,
              "core.usecase.task.StartsThread",
              "http.in.bridge.BorrowsThread"),
          Rule.of(
              "15 a task's row is written in one place",
              PurityRules::oneDoor,
              "core.usecase.task.WritesTask"));

  private PurityRules() {}

  private static ArchRule opensNothing(House house) {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideInAPackage(house.in("core"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                    "java\\.(net\\..*|nio\\.channels\\..*|nio\\.file\\.Files"
                        + "|io\\.(File|RandomAccess|Print|Object)(?!.*Exception).*)")
                .because("what the core needs of the world comes through a port"))
        .and(
            classes()
                .that()
                .resideInAPackage(house.in("core"))
                .should(
                    Conditions.notAccess(
                        "the environment",
                        access ->
                            Conditions.target(access)
                                .matches("java\\.lang\\.System\\.(getenv|getProperty|exit)")))
                .because("settings are arguments"));
  }

  private static ArchRule clockless(House house) {
    // A builder must have defaults: an embedder's randomness and clock are made here, and only
    // here.
    String builder = house.type("core.Baton$Builder");
    Predicate<JavaAccess<?>> bad =
        access ->
            !access.getOriginOwner().getName().equals(builder)
                && CLOCK_OR_CHANCE.matcher(Conditions.target(access)).matches();
    String because = "time and chance come in from outside, so that every test of them is exact";
    return CompositeArchRule.of(
            classes()
                .that()
                .resideInAPackage(house.in("core"))
                .and()
                .resideOutsideOfPackage(house.in("core.runtime"))
                .should(Conditions.notAccess("a clock or chance", bad))
                .because(because))
        .and(
            classes()
                .that()
                .resideInAPackage(house.in("core"))
                .should(
                    Conditions.notAccess(
                        "Thread.sleep",
                        access -> Conditions.target(access).equals("java.lang.Thread.sleep")))
                .because("who sleeps can't be told to wake"));
  }

  private static ArchRule oneDoor(House house) {
    String rows = house.type("core.port.TaskRows") + ".";
    Set<String> writes = Set.of(rows + "insert", rows + "update", rows + "amend");
    return classes()
        .that()
        .doNotHaveFullyQualifiedName(house.type("core.usecase.task.Transitions"))
        .should(
            Conditions.notAccess(
                "what writes a task", access -> writes.contains(Conditions.target(access))))
        .because(
            "whoever writes a row alone forgets its event, its counts, its gate or a listener");
  }

  private static ArchRule silence(House house) {
    Predicate<JavaAccess<?>> console =
        access -> Conditions.target(access).matches("java\\.lang\\.System\\.(out|err)");
    return CompositeArchRule.of(
            classes()
                .that()
                .doNotHaveFullyQualifiedName(house.type("app.Main"))
                .should(Conditions.notAccess("the console", console))
                .because("data and talk go where the caller wants them"))
        .and(
            classes()
                .should(
                    Conditions.notAccess(
                        "printStackTrace",
                        access -> access.getTarget().getName().equals("printStackTrace")))
                .because("a trace belongs into the log, with what it is about"));
  }

  private static ArchRule threads(House house) {
    return CompositeArchRule.of(
            classes()
                .that()
                .resideOutsideOfPackages(house.inAny("core.runtime", "http.in.transport", "app"))
                .should(
                    Conditions.notAccess(
                        "a new thread",
                        access ->
                            STARTS_THREAD.matcher(Conditions.target(access)).matches()
                                && !isOneOf(OWN_THREADS, house, access.getOriginOwner())))
                .because("whoever starts a thread must be there to end it"))
        .and(
            classes()
                .should(Conditions.notAccess("a shared pool", access -> borrowsThread(access)))
                .because("a pool that all share is full when it is needed"));
  }

  /** Whether the class, or the one around it, is listed. */
  private static boolean isOneOf(Set<String> listed, House house, JavaClass type) {
    return listed.stream()
        .map(house::type)
        .anyMatch(own -> type.getName().equals(own) || type.getName().startsWith(own + "$"));
  }

  private static boolean borrowsThread(JavaAccess<?> access) {
    String target = Conditions.target(access);
    boolean async = target.matches("java\\.util\\.concurrent\\.Complet[A-Za-z]+\\.[a-zA-Z]+Async");
    // The pool of the caller's choice is an Executor among the arguments.
    boolean pool = access.getDescription().contains("java.util.concurrent.Executor");
    return BORROWS_THREAD.matcher(target).matches() || (async && !pool);
  }
}
