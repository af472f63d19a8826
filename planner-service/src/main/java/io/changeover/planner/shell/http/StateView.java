package io.changeover.planner.shell.http;

import io.changeover.messages.UpgradeSnapshot;
import io.changeover.planner.journal.JournalCodec;
import io.changeover.planner.journal.UnreadableRecord;
import io.changeover.schemas.RecordJson;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;

/// The stored state for people: plan, phases, attempts, gates, causes.
final class StateView {
  private StateView() {}

  static Map<String, Object> of(byte[] data) {
    try {
      JournalCodec.state(data);
      UpgradeSnapshot snapshot = JournalCodec.record(data);
      Map<String, Object> view = RecordJson.of(snapshot);
      JournalCodec.plan(snapshot).ifPresent(plan -> view.put("plan", RecordJson.of(plan)));
      return view;
    } catch (AvroRuntimeException | UnreadableRecord e) {
      return Map.of("unreadable", e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
