package dev.baton.app;

import com.google.common.base.Suppliers;
import dev.baton.core.Baton;
import dev.baton.core.client.BatonClient;
import dev.baton.core.domain.access.TenantId;
import dev.baton.core.port.BatchFiles;
import dev.baton.core.port.Store;
import dev.baton.core.port.WebhookSender;
import dev.baton.core.runtime.SteadyClock;
import dev.baton.http.in.api.Dialect;
import dev.baton.http.in.bridge.BridgeDialect;
import dev.baton.http.in.bridge.BridgeSettings;
import dev.baton.http.in.runner.RunnerDialect;
import dev.baton.http.in.runner.schedule.RunFiles;
import dev.baton.http.in.runner.shared.RunnerContext;
import dev.baton.http.in.runner.shared.RunnerSettings;
import dev.baton.http.local.InProcessTransport;
import dev.baton.http.out.client.HttpBatonClient;
import dev.baton.persistence.sqlite.SqliteStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A database file in this process, for one command: the use cases and the dialects that the client
 * speaks. Nothing listens, fires, asks a model or sends to a webhook: the next server does. What a
 * command may not need is made when it does, because a command's time is mostly its start.
 */
final class LocalNode {

  private LocalNode() {}

  /**
   * Works on a file, which is closed with the client.
   *
   * @param wiring of what the environment says; asked for when files or addresses matter
   */
  static BatonClient open(SqliteStore store, Supplier<Wiring> wiring, TenantId tenant) {
    Baton.Builder builder =
        Baton.builder(store)
            .clock(new SteadyClock(store.lastInstant()))
            .calendar(InstantSource.system());
    return client(builder, Baton::startUpkeep, wiring, tenant);
  }

  /** Reads from a file beside whoever works on it: what is due is left to them. */
  static BatonClient reading(Store store, Supplier<Wiring> wiring, TenantId tenant) {
    return client(Baton.builder(store), baton -> {}, wiring, tenant);
  }

  private static BatonClient client(
      Baton.Builder builder, Consumer<Baton> start, Supplier<Wiring> wiring, TenantId tenant) {
    Supplier<Wiring> parts = Suppliers.memoize(wiring::get);
    BatchFiles files = lazily(BatchFiles.class, () -> ConfigFaults.told(() -> parts.get().files()));
    Baton baton =
        builder
            .files(files, new RunFiles())
            .webhooks(
                lazily(
                    WebhookSender.class,
                    () -> ConfigFaults.told(() -> parts.get().webhookSender())))
            .build();
    start.accept(baton);
    Supplier<Dialect> bridge =
        Suppliers.memoize(() -> new BridgeDialect(baton, BridgeSettings.DEFAULT));
    Supplier<Dialect> runner = Suppliers.memoize(() -> new RunnerDialect(baton, runner(), files));
    return new HttpBatonClient(
        new InProcessTransport(
            path -> (path.startsWith(RunnerContext.PREFIX) ? runner : bridge).get(),
            tenant,
            () -> ConfigFaults.told(() -> parts.get().prepareSpool()),
            baton::close));
  }

  /** As large as a file is: its bytes are read from the caller's own disk. */
  private static RunnerSettings runner() {
    return RunnerSettings.DEFAULT.withAutoExecute(false).withUploadMax(Long.MAX_VALUE);
  }

  /** A part that is made by its first call; it is not made to be closed. */
  private static <T> T lazily(Class<T> type, Supplier<T> made) {
    Supplier<T> once = Suppliers.memoize(made::get);
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            return null;
          }
          try {
            return method.invoke(once.get(), arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
