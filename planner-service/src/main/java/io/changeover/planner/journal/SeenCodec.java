package io.changeover.planner.journal;

import io.changeover.messages.SeenView;
import io.changeover.planner.core.Seen;
import org.jspecify.annotations.Nullable;

/// What only some procedures ask for, as a record and back. Where none of it was seen there is no
/// record, as in release 2.
final class SeenCodec {
  private SeenCodec() {}

  static @Nullable SeenView record(Seen seen) {
    return seen.equals(Seen.NONE)
        ? null
        : SeenView.newBuilder()
            .setControlPlanesUp(seen.controlPlanesUp())
            .setDataPlanesStopped(seen.dataPlanesStopped())
            .setParsed(seen.parsed())
            .setSaved(seen.saved())
            .setDrained(seen.drained())
            .setEntities(seen.entities())
            .setClosedSince(seen.closedSince())
            .build();
  }

  static Seen seen(@Nullable SeenView view) {
    return view == null
        ? Seen.NONE
        : new Seen(
            view.getControlPlanesUp(),
            view.getDataPlanesStopped(),
            view.getParsed(),
            view.getSaved(),
            view.getDrained(),
            view.getEntities(),
            view.getClosedSince());
  }
}
