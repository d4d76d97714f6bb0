package dev.baton.cli.queue;

import dev.baton.cli.shared.CliContext;
import dev.baton.cli.shared.Jsons;
import dev.baton.cli.shared.Table;
import dev.baton.cli.shared.TableCommand;
import dev.baton.core.client.AdminClient;
import dev.baton.core.client.AdminClient.Catalog;
import dev.baton.core.client.AdminClient.Offered;
import dev.baton.core.domain.prompt.ModelName;
import dev.baton.core.domain.prompt.ModelPause;
import dev.baton.core.usecase.insight.Wait;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;

/** {@code baton model list}. */
@Command(description = "List the models that a server offers, and until when they are paused.")
final class ModelListCommand extends TableCommand<Offered> {

  /** Whether any name was taken when it was asked last. */
  private boolean any;

  ModelListCommand(CliContext context) {
    super(
        context,
        new Shape<>(
            "models",
            "no models are offered here: it is servers that offer them",
            ModelListCommand::json,
            new Table<Offered>()
                .column("MODEL", offered -> offered.spec().name())
                .column("STATE", ModelListCommand::state)
                .column("CALLS", offered -> offered.spec().concurrency())
                .column("PROVIDER", offered -> offered.spec().provider())
                .column("IN $/M", offered -> price(offered.spec().inputPrice()))
                .column("OUT $/M", offered -> price(offered.spec().outputPrice()))));
  }

  @Override
  public Integer call() throws InterruptedException {
    try (AdminClient server = where.reading().admin(context)) {
      return show(
          () -> {
            Catalog catalog = server.models();
            any = catalog.any();
            return catalog.models();
          });
    }
  }

  @Override
  protected String none() {
    return any
        ? "any model: no provider is configured, and the built-in echo answers"
        : "no model is configured here. " + Wait.ANSWERERS;
  }

  private static String state(Offered offered) {
    return offered.pause().map(pause -> "paused until " + pause.until()).orElse("open");
  }

  private static String price(OptionalDouble dollars) {
    return dollars.isPresent() ? Double.toString(dollars.getAsDouble()) : "-";
  }

  private static Map<String, Object> json(Offered offered) {
    Jsons.Members members =
        new Jsons.Members()
            .put("model", offered.spec().name().value())
            .put("provider", offered.spec().provider())
            .put("concurrency", offered.spec().concurrency())
            .put("fallbacks", offered.spec().fallbacks().stream().map(ModelName::value).toList())
            .putText("pausedUntil", offered.pause().map(ModelPause::until))
            .put("pausedReason", offered.pause().map(ModelPause::reason));
    offered.spec().maxTokens().ifPresent(most -> members.put("maxTokens", most));
    offered.spec().inputPrice().ifPresent(price -> members.put("inputPrice", price));
    offered.spec().outputPrice().ifPresent(price -> members.put("outputPrice", price));
    return members.toMap();
  }
}
