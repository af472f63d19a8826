package io.changeover.exporter.cassandra.findings;

import io.changeover.exporter.cassandra.copy.CopyJob;
import io.changeover.exporter.cassandra.copy.RowWriter;
import io.changeover.exporter.cassandra.plan.CopyPlan;
import io.changeover.exporter.cassandra.plan.PlannedTable;
import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at each row as it passes, tables that others refer to first. Safe for several threads, as
/// long as one table ends before the next begins.
///
/// References and unique values are kept as hashes, up to 3,000,000 of a column; a column with more
/// is counted as `unchecked`.
public final class Findings {

  /// What can be wrong.
  public enum Kind {
    /// A reference to an entity that is not there.
    ORPHANS,
    /// A value that must be unique, and is not.
    DOUBLED,
    /// Rows of `tags` that do not fit the entities' own tags.
    TAGS,
    /// A `cache_key` that is not what the row's columns give.
    CACHEKEY,
    /// A workspace that is not there, or none.
    FOREIGNWS,
    /// A unique value without its workspace before it: nodes will not find it.
    PREFIX,
    /// Columns with too many values to be checked.
    UNCHECKED;

    /// As the fact `compare.findings` has it.
    public String word() {
      return this == CACHEKEY
          ? "cacheKey"
          : this == FOREIGNWS ? "foreignWorkspace" : name().toLowerCase(Locale.ROOT);
    }
  }

  /// What was found.
  ///
  /// @param counts by kind, only where there are some
  /// @param examples the first of each kind, without values
  public record Result(SortedMap<Kind, Long> counts, List<String> examples) {

    /// `kind=count` separated by commas, zeros included.
    public String text() {
      return Stream.of(Kind.values())
          .filter(kind -> kind != Kind.UNCHECKED || counts.containsKey(kind))
          .map(kind -> kind.word() + "=" + counts.getOrDefault(kind, 0L))
          .collect(Collectors.joining(","));
    }
  }

  private static final int MOST = 3_000_000;
  private static final int EXAMPLES = 5;

  private final CopyPlan plan;
  private final Map<String, RowRules> rules = new ConcurrentHashMap<>();
  private final Map<String, HashSet64> ids = new ConcurrentHashMap<>();
  private final Map<String, HashSet64> values = new ConcurrentHashMap<>();
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, List<String>> examples = new EnumMap<>(Kind.class);
  private final TagSums tags = new TagSums();
  private volatile String current = "";

  private Findings(CopyPlan plan) {
    this.plan = plan;
  }

  /// Begins with a job's plan.
  public static Findings of(CopyJob job) {
    return new Findings(job.plan());
  }

  /// Looks at a row.
  public void row(PlannedTable table, StoredRow row) {
    begin(table.name());
    RowRules of = rules.computeIfAbsent(table.name(), _ -> new RowRules(table));
    of.check(row, this, tags);
  }

  /// Unique values matter within a table only.
  private void begin(String table) {
    if (!current.equals(table)) {
      synchronized (this) {
        if (!current.equals(table)) {
          values.clear();
          current = table;
        }
      }
    }
  }

  void id(String table, ByteBuffer id) {
    remember(ids, table, Hash64.of(id));
  }

  void reference(PlannedTable table, StoredRow row, String to, ByteBuffer id, Kind kind) {
    HashSet64 known = ids.get(to);
    boolean read = plan.table(to).isPresent();
    if (read && !overflows(to) && (known == null || !known.contains(Hash64.of(id)))) {
      found(kind, table, row);
    }
  }

  void unique(PlannedTable table, StoredRow row, String column, ByteBuffer value) {
    if (!remember(values, column, Hash64.of(value))) {
      found(Kind.DOUBLED, table, row);
    }
  }

  private boolean overflows(String name) {
    return Optional.ofNullable(ids.get(name)).map(HashSet64::size).orElse(0) >= MOST;
  }

  /// Whether it is new, or cannot be told any more.
  private boolean remember(Map<String, HashSet64> sets, String name, long hash) {
    HashSet64 set = sets.computeIfAbsent(name, _ -> new HashSet64());
    if (set.size() >= MOST) {
      unchecked(name);
      return true;
    }
    return set.add(hash);
  }

  private synchronized void unchecked(String name) {
    List<String> known = examples.computeIfAbsent(Kind.UNCHECKED, _ -> new ArrayList<>());
    if (!known.contains(name)) {
      known.add(name);
      counts.merge(Kind.UNCHECKED, 1L, Long::sum);
    }
  }

  synchronized void found(Kind kind, PlannedTable table, StoredRow row) {
    counts.merge(kind, 1L, Long::sum);
    List<String> known = examples.computeIfAbsent(kind, _ -> new ArrayList<>());
    if (known.size() < EXAMPLES) {
      known.add(RowWriter.describe(table.name(), table.columns(), table.keySize(), row));
    }
  }

  /// What was found so far.
  public synchronized Result result() {
    SortedMap<Kind, Long> all = new TreeMap<>(counts);
    Map<Kind, List<String>> shown = new HashMap<>(examples);
    if (plan.table("tags").isPresent() && !tags.fit()) {
      all.put(Kind.TAGS, tags.difference());
      shown.put(Kind.TAGS, List.of(tags.toString()));
    }
    List<String> texts = new ArrayList<>();
    shown.forEach((kind, rows) -> rows.forEach(text -> texts.add(kind.word() + ": " + text)));
    texts.sort(null);
    return new Result(all, List.copyOf(texts));
  }
}
