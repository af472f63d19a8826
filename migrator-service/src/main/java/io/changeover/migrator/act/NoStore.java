package io.changeover.migrator.act;

import io.changeover.migrator.observe.Doubt;
import io.changeover.migrator.observe.MetaReading;
import java.time.Duration;

/// No datastore at all: every node reads a declarative file. On such a node every `kong migrations`
/// command exits 0 and looks like success (observed on 2.1.4 and 2.2.2), so that nothing here may
/// be asked of one.
public record NoStore() implements KongStore {

  private static final Doubt NOTHING =
      Doubt.lasting("the cluster has no datastore, and so no schema and no migrations");

  @Override
  public MetaReading tables(Duration limit) {
    return new MetaReading.Unreadable(NOTHING);
  }

  @Override
  public boolean removeLock(String owner, Duration limit) {
    return false;
  }

  @Override
  public LockAttempt lock(Duration limit) {
    return new LockAttempt.Failed(NOTHING);
  }

  @Override
  public String reported() {
    return "off";
  }
}
