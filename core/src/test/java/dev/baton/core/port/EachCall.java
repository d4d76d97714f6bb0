package dev.baton.core.port;

import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;

/** Looks like a transaction, and runs each call in one of its own: short for the test's reader. */
record EachCall(Runner runner) implements Transaction {

  /** Runs a work and waits for what it says. */
  @FunctionalInterface
  interface Runner {
    Object run(Store.Work<Object> work);
  }

  @Override
  public TaskRows tasks() {
    return proxy(TaskRows.class, Transaction::tasks);
  }

  @Override
  public AnswerRows answers() {
    return proxy(AnswerRows.class, Transaction::answers);
  }

  @Override
  public KeyRows keys() {
    return proxy(KeyRows.class, Transaction::keys);
  }

  @Override
  public GateRows gates() {
    return proxy(GateRows.class, Transaction::gates);
  }

  @Override
  public QueueRows queues() {
    return proxy(QueueRows.class, Transaction::queues);
  }

  @Override
  public EventRows events() {
    return proxy(EventRows.class, Transaction::events);
  }

  @Override
  public CountRows counts() {
    return proxy(CountRows.class, Transaction::counts);
  }

  @Override
  public BatchRows batches() {
    return proxy(BatchRows.class, Transaction::batches);
  }

  @Override
  public PauseRows pauses() {
    return proxy(PauseRows.class, Transaction::pauses);
  }

  @Override
  public TaskPages pages() {
    return proxy(TaskPages.class, Transaction::pages);
  }

  @Override
  public ScheduleRows schedules() {
    return proxy(ScheduleRows.class, Transaction::schedules);
  }

  @Override
  public StatRows stats() {
    return proxy(StatRows.class, Transaction::stats);
  }

  @Override
  public Removals removals() {
    return proxy(Removals.class, Transaction::removals);
  }

  @Override
  public WebhookRows webhooks() {
    return proxy(WebhookRows.class, Transaction::webhooks);
  }

  @Override
  public RequestRows requests() {
    return proxy(RequestRows.class, Transaction::requests);
  }

  @Override
  public void readied(TenantId tenant, QueueName queue, int count) {
    throw new IllegalStateException("a hint belongs to a work");
  }

  private <T> T proxy(Class<T> type, Function<Transaction, T> part) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> runner.run(tx -> invoke(method, part.apply(tx), args))));
  }

  @SuppressWarnings("NullAway") // A void method says nothing, and nobody listens.
  private static Object invoke(Method method, Object target, Object[] args) {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
