package dev.baton.core.port;

import org.junit.jupiter.api.Nested;

/**
 * What every {@link Store} must do: one group for each contract. Extend it once per implementation,
 * say how one is made, and add nothing.
 */
public abstract class StoreContract {

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @Nested
  final class Calls extends StoreCallsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Transactions extends TransactionContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Tasks extends TaskRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class DueTasks extends DueRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class ModelLines extends ModelLinesContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Pages extends TaskPagesContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Answers extends AnswerRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Keys extends KeyRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Gates extends GateRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class PausedQueues extends QueueRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Events extends EventRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Counts extends CountRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Batches extends BatchRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Schedules extends ScheduleRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Webhooks extends WebhookRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Requests extends RequestRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Pauses extends PauseRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Removing extends RemovalsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }

  @Nested
  final class Statistics extends StatRowsContract {
    @Override
    protected Store createStore() {
      return StoreContract.this.createStore();
    }
  }
}
