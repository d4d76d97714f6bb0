package dev.baton.core;

import dev.baton.core.port.Store;
import dev.baton.core.usecase.batch.BatchChangesContract;
import dev.baton.core.usecase.batch.BatchExecuteContract;
import dev.baton.core.usecase.batch.BatchImportContract;
import dev.baton.core.usecase.batch.BatchStatesContract;
import dev.baton.core.usecase.schedule.FiringsContract;
import dev.baton.core.usecase.schedule.SchedulesContract;
import dev.baton.core.usecase.task.GateContract;
import dev.baton.core.usecase.task.InsightContract;
import dev.baton.core.usecase.task.LeasingContract;
import dev.baton.core.usecase.task.ReplaysContract;
import dev.baton.core.usecase.task.SettlingContract;
import dev.baton.core.usecase.task.SubmissionContract;
import dev.baton.core.usecase.task.TaskControlContract;
import dev.baton.core.usecase.task.TasksContract;
import dev.baton.core.usecase.task.WaitingContract;
import org.junit.jupiter.api.Nested;

/**
 * What the use cases promise over every store: one group for each contract. Extend it once per
 * store, say how one is made, and add nothing.
 */
public abstract class LifecycleContract {

  /** A new, empty store. It is closed after the test. */
  protected abstract Store createStore();

  @Nested
  final class Submission extends SubmissionContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Replaying extends ReplaysContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Leases extends LeasingContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Waiting extends WaitingContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Settlements extends SettlingContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Gates extends GateContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class TaskChanges extends TasksContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class Telling extends InsightContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class TaskControls extends TaskControlContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class BatchImports extends BatchImportContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class BatchStates extends BatchStatesContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class BatchChanges extends BatchChangesContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class BatchExecution extends BatchExecuteContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class SchedulePlans extends SchedulesContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }

  @Nested
  final class ScheduleFirings extends FiringsContract {
    @Override
    protected Store createStore() {
      return LifecycleContract.this.createStore();
    }
  }
}
