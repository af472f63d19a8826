package io.changeover.inventory;

import java.util.List;

/// A cluster without datastore: its nodes read a declarative file.
public record NoDatastore() implements Datastore {

  @Override
  public List<Secret> secrets() {
    return List.of();
  }
}
