package io.changeover.migrator.work;

import io.changeover.migrator.observe.MetaReading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `schema_meta` says of the plugins that a request adds. Kong sees no migrations of a plugin
/// that its command was not told of, so that only the table shows whether they ran.
final class PluginFacts {

  private PluginFacts() {}

  /// `plugin.NAME` with its executed and pending migrations, or `no migrations` where it ships
  /// none.
  static Map<String, String> of(List<String> plugins, MetaReading meta) {
    TreeMap<String, String> facts = new TreeMap<>();
    if (meta instanceof MetaReading.Rows(var rows, _)) {
      for (String plugin : plugins) {
        MetaReading.Row row = rows.get(plugin);
        facts.put("plugin." + plugin, row == null ? "no migrations" : told(row));
      }
    }
    return facts;
  }

  private static String told(MetaReading.Row row) {
    String executed = "executed " + String.join(",", row.executed());
    List<String> pending = row.pending().orElse(List.of());
    return pending.isEmpty() ? executed : executed + "; pending " + String.join(",", pending);
  }
}
