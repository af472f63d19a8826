package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.EventLoops;
import io.changeover.sandbox.kong.Declared;
import io.changeover.sandbox.kong.KongSettings;
import io.changeover.sandbox.kong.NodeRole;
import io.changeover.sandbox.kong.Store;
import io.changeover.sandbox.kong.hybrid.ControlPlane;
import io.changeover.sandbox.kong.hybrid.DataPlane;
import io.changeover.sandbox.kong.hybrid.Pace;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What a node is to other nodes beside sharing their database: a control plane, a data plane, or
/// nothing.
final class Membership implements AutoCloseable {

  private final NodeRole role;
  private final @Nullable ControlPlane control;
  private final @Nullable DataPlane data;

  private Membership(NodeRole role, @Nullable ControlPlane control, @Nullable DataPlane data) {
    this.role = role;
    this.control = control;
    this.data = data;
  }

  /// A data plane has read its cache by then.
  static Membership of(
      KongSettings settings, UUID id, Store store, EventLoops loops, NodeLog log, Pace pace) {
    return switch (settings.role()) {
      case TRADITIONAL -> new Membership(NodeRole.TRADITIONAL, null, null);
      case CONTROL_PLANE ->
          new Membership(
              NodeRole.CONTROL_PLANE, new ControlPlane(settings, store, loops, log, pace), null);
      case DATA_PLANE -> {
        Declared declared = store.declared().orElseThrow();
        DataPlane data =
            new DataPlane(settings, id, NodeFacts.hostname(), declared, loops, log, pace);
        data.load();
        yield new Membership(NodeRole.DATA_PLANE, null, data);
      }
    };
  }

  /// Listens for data planes, or connects to the control plane.
  ///
  /// @param applied runs when a data plane has applied a configuration
  void open(Runnable applied) throws StartFailure {
    try {
      if (control != null) {
        control.open();
      }
      if (data != null) {
        data.open(applied);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new StartFailure(String.valueOf(e.getMessage()));
    }
  }

  NodeRole role() {
    return role;
  }

  @Nullable ControlPlane control() {
    return control;
  }

  boolean proxies() {
    return role != NodeRole.CONTROL_PLANE;
  }

  boolean hasAdminApi() {
    return role != NodeRole.DATA_PLANE;
  }

  void changedHere() {
    if (control != null) {
      control.changedHere();
    }
  }

  void changedElsewhere() {
    if (control != null) {
      control.changedElsewhere();
    }
  }

  void reload() {
    if (data != null) {
      data.reload();
    }
  }

  CompletableFuture<Void> quit() {
    if (control != null) {
      return control.quit();
    }
    return data == null ? CompletableFuture.completedFuture(null) : data.quit();
  }

  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    if (data != null) {
      data.close();
    }
  }
}
