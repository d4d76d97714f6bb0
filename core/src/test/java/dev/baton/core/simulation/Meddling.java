package dev.baton.core.simulation;

import com.google.common.collect.Multiset;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.domain.id.QueueName;
import dev.baton.core.port.AnswerRows;
import dev.baton.core.port.BatchRows;
import dev.baton.core.port.CountRows;
import dev.baton.core.port.EventRows;
import dev.baton.core.port.PauseRows;
import dev.baton.core.port.Removals;
import dev.baton.core.port.RequestRows;
import dev.baton.core.port.ScheduleRows;
import dev.baton.core.port.StatRows;
import dev.baton.core.port.Store;
import dev.baton.core.port.SupportRows;
import dev.baton.core.port.TaskPages;
import dev.baton.core.port.TaskRows;
import dev.baton.core.port.Transaction;
import dev.baton.core.port.WebhookRows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Ways to plant a fault into a store: the rest of it goes on as before. */
final class Meddling {

  private Meddling() {}

  /** A store whose transactions are not quite what they seem. */
  static Store transactions(Store store, UnaryOperator<Transaction> meddle) {
    return new Store() {
      @Override
      public <R> CompletableFuture<R> write(Urgency urgency, Work<R> work) {
        return store.write(urgency, tx -> work.in(meddle.apply(tx)));
      }

      @Override
      public <R> CompletableFuture<R> read(Work<R> work) {
        return store.read(work);
      }

      @Override
      public void addReadyListener(ReadyListener listener) {
        store.addReadyListener((Multiset<Line> lines) -> listener.onReady(lines));
      }

      @Override
      public void addEventListener(EventListener listener) {
        store.addEventListener(events -> listener.onEvents(events));
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  static Transaction tasks(Transaction tx, String method, Instead instead) {
    TaskRows tasks = mixed(TaskRows.class, tx.tasks(), method, instead);
    return new Parts(tx, tasks, tx.answers(), tx.support(), tx.events());
  }

  static Transaction answers(Transaction tx, String method, Instead instead) {
    AnswerRows answers = mixed(AnswerRows.class, tx.answers(), method, instead);
    return new Parts(tx, tx.tasks(), answers, tx.support(), tx.events());
  }

  static Transaction support(Transaction tx, String method, Instead instead) {
    SupportRows support = mixed(SupportRows.class, tx.support(), method, instead);
    return new Parts(tx, tx.tasks(), tx.answers(), support, tx.events());
  }

  static Transaction events(Transaction tx, String method, Instead instead) {
    EventRows events = mixed(EventRows.class, tx.events(), method, instead);
    return new Parts(tx, tx.tasks(), tx.answers(), tx.support(), events);
  }

  /** What to do instead of a method; what it returns is ignored where the method says nothing. */
  @FunctionalInterface
  interface Instead {
    Object call(Object[] args);
  }

  private static <T> T mixed(Class<T> type, T original, String replaced, Instead instead) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) ->
                method.getName().equals(replaced)
                    ? instead.call(args)
                    : call(method, original, args)));
  }

  @SuppressWarnings("NullAway") // A void method says nothing, and nobody listens.
  private static Object call(Method method, Object target, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private record Parts(
      Transaction whole, TaskRows tasks, AnswerRows answers, SupportRows support, EventRows events)
      implements Transaction {

    @Override
    public TaskPages pages() {
      return whole.pages();
    }

    @Override
    public ScheduleRows schedules() {
      return whole.schedules();
    }

    @Override
    public StatRows stats() {
      return whole.stats();
    }

    @Override
    public Removals removals() {
      return whole.removals();
    }

    @Override
    public WebhookRows webhooks() {
      return whole.webhooks();
    }

    @Override
    public RequestRows requests() {
      return whole.requests();
    }

    @Override
    public CountRows counts() {
      return whole.counts();
    }

    @Override
    public BatchRows batches() {
      return whole.batches();
    }

    @Override
    public PauseRows pauses() {
      return whole.pauses();
    }

    @Override
    public void readied(TenantId tenant, QueueName queue, int count) {
      whole.readied(tenant, queue, count);
    }
  }
}
