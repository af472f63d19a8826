package io.changeover.planner.shell.http;

import io.changeover.messages.JournalEntry;
import io.changeover.planner.shell.jdbc.JournalRow;
import io.changeover.planner.shell.jdbc.JournalRows;
import io.changeover.planner.shell.jdbc.StateRow;
import io.changeover.planner.shell.jdbc.StateRows;
import io.changeover.schemas.Codec;
import io.changeover.schemas.RecordJson;
import io.changeover.schemas.UndecodableException;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads upgrades and their journals.
@Controller("/upgrades")
@ExecuteOn(TaskExecutors.BLOCKING)
final class UpgradesController {
  private static final int MAX_LIMIT = 500;

  private final StateRows states;
  private final JournalRows journals;

  UpgradesController(StateRows states, JournalRows journals) {
    this.states = states;
    this.journals = journals;
  }

  /// One upgrade in short.
  ///
  /// @param seq of its last journal entry
  @Serdeable
  record Summary(
      String id,
      String cluster,
      String stage,
      long seq,
      String startedAt,
      String changedAt,
      @Nullable String due,
      @Nullable String quarantine) {}

  /// A page of upgrades, newest first.
  ///
  /// @param next where the next page is, absent on the last
  @Serdeable
  record Page(List<Summary> upgrades, @Nullable String next) {}

  /// One upgrade in full.
  ///
  /// @param state plan, phases, attempts, gates, causes
  @Serdeable
  record Detail(Summary upgrade, Map<String, Object> state) {}

  /// A piece of a journal.
  ///
  /// @param next where the next piece is, absent on the last
  @Serdeable
  record Journal(String upgrade, List<Map<String, Object>> entries, @Nullable String next) {}

  @Get("{?cluster,stage,limit,offset}")
  Page page(
      @QueryValue Optional<String> cluster,
      @QueryValue Optional<String> stage,
      @QueryValue(defaultValue = "50") int limit,
      @QueryValue(defaultValue = "0") int offset) {
    int size = limit(limit);
    if (offset < 0) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST, "offset %d".formatted(offset), "an offset of at least 0");
    }
    var rows = states.page(cluster.orElse(""), stage.orElse(""), size, offset);
    var filter =
        cluster.map(c -> "&cluster=" + encoded(c)).orElse("")
            + stage.map(s -> "&stage=" + encoded(s)).orElse("");
    return new Page(
        rows.stream().map(UpgradesController::summary).toList(),
        rows.size() < size
            ? null
            : "/upgrades?limit=%d&offset=%d%s".formatted(size, offset + size, filter));
  }

  @Get("/{id}")
  Detail one(String id) {
    StateRow row = row(id);
    return new Detail(summary(row), StateView.of(row.data()));
  }

  @Get("/{id}/journal{?from,limit}")
  Journal journal(
      String id,
      @QueryValue(defaultValue = "1") long from,
      @QueryValue(defaultValue = "200") int limit) {
    row(id);
    int size = limit(limit);
    var rows = journals.entries(id, from, size);
    return new Journal(
        id,
        rows.stream().map(UpgradesController::entry).toList(),
        rows.size() < size
            ? null
            : "/upgrades/%s/journal?from=%d&limit=%d"
                .formatted(encoded(id), rows.getLast().seq() + 1, size));
  }

  private StateRow row(String id) {
    return states
        .findById(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.NOT_FOUND,
                    "no upgrade '%s'".formatted(id),
                    "the id of an upgrade; GET /upgrades lists them"));
  }

  private static int limit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "limit %d".formatted(limit),
          "a limit of 1 to %d".formatted(MAX_LIMIT));
    }
    return limit;
  }

  private static Summary summary(StateRow row) {
    return new Summary(
        row.id(),
        row.cluster(),
        row.stage(),
        row.version(),
        row.startedAt().toString(),
        row.changedAt().toString(),
        row.due() == null ? null : row.due().toString(),
        row.quarantine());
  }

  /// The entry, with the recorded message readable in the place of its bytes.
  private static Map<String, Object> entry(JournalRow row) {
    try {
      var entry = (JournalEntry) Codec.decode(row.data());
      var view = RecordJson.of(entry);
      ByteBuffer message = entry.getInput().getMessage();
      if (message != null) {
        var bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        var input = new LinkedHashMap<String, Object>(RecordJson.of(entry.getInput()));
        var decoded = Codec.decode(bytes);
        input.put("type", decoded.getSchema().getName());
        input.put("message", RecordJson.of(decoded));
        view.put("input", input);
      }
      return view;
    } catch (UndecodableException e) {
      return Map.of(
          "seq", row.seq(), "upgrade", row.upgrade(), "unreadable", String.valueOf(e.getMessage()));
    }
  }

  private static String encoded(String value) {
    return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
  }
}
