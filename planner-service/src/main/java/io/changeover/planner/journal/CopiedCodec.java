package io.changeover.planner.journal;

import io.changeover.messages.CopyView;
import io.changeover.planner.core.Copied;
import io.changeover.planner.core.Digest;
import org.jspecify.annotations.Nullable;

/// What is known of a copy, as a record and back. Where nothing is copied there is no record, as in
/// release 1.
final class CopiedCodec {
  private CopiedCodec() {}

  static @Nullable CopyView record(Copied copied) {
    return copied.equals(Copied.NONE)
        ? null
        : CopyView.newBuilder()
            .setBootstrapped(copied.bootstrapped())
            .setFrozenConfig(copied.frozen().config())
            .setFrozenTables(copied.frozen().tables())
            .setLatestConfig(copied.latest().config())
            .setLatestTables(copied.latest().tables())
            .setExported(copied.exported())
            .setTransferred(copied.transferred())
            .setEqual(copied.equal())
            .setDrained(copied.drained())
            .setCut(copied.cut())
            .build();
  }

  static Copied copied(@Nullable CopyView view) {
    return view == null
        ? Copied.NONE
        : new Copied(
            view.getBootstrapped(),
            new Digest(view.getFrozenConfig(), view.getFrozenTables()),
            new Digest(view.getLatestConfig(), view.getLatestTables()),
            view.getExported(),
            view.getTransferred(),
            view.getEqual(),
            view.getDrained(),
            view.getCut());
  }
}
