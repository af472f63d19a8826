package io.changeover.exporter.cassandra.dump;

import io.changeover.exporter.cassandra.scan.StoredRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/// Rows as Avro records: for each column of the manifest's table its bytes, its write time and the
/// seconds it had left.
final class RowFormat {

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Row", "namespace": "io.changeover.dump", "fields": [
                {"name": "readAt", "type": "long", "doc": "ms since 1970; ttl counts from here"},
                {"name": "values", "type": {"type": "array", "items": ["null", "bytes"]}},
                {"name": "writetimes", "type": {"type": "array", "items": ["null", "long"]},
                 "doc": "microseconds since 1970; null where the server does not tell"},
                {"name": "ttls", "type": {"type": "array", "items": "int"}, "doc": "0: for ever"}]}
              """);

  private RowFormat() {}

  static GenericRecord write(StoredRow row, int columns) {
    List<@Nullable ByteBuffer> values = new ArrayList<>(columns);
    List<@Nullable Long> writetimes = new ArrayList<>(columns);
    List<Integer> ttls = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      ByteBuffer value = row.value(i);
      values.add(value == null ? null : value.duplicate());
      writetimes.add(value != null && row.tellsTimes(i) ? (Long) row.writetime(i) : null);
      ttls.add(row.ttl(i));
    }
    GenericRecord written = new GenericData.Record(SCHEMA);
    written.put(0, row.readAt());
    written.put(1, values);
    written.put(2, writetimes);
    written.put(3, ttls);
    return written;
  }

  /// A row for a table that may have other columns.
  ///
  /// @param places for each of its columns, the place in the dump
  static StoredRow read(GenericRecord read, int[] places) {
    List<?> values = (List<?>) read.get(1);
    List<?> writetimes = (List<?>) read.get(2);
    List<?> ttls = (List<?>) read.get(3);
    return new DumpedRow(
        (Long) read.get(0),
        Arrays.stream(places)
            .mapToObj(
                place ->
                    new Cell(
                        (ByteBuffer) values.get(place),
                        (Long) writetimes.get(place),
                        (Integer) ttls.get(place)))
            .toArray(Cell[]::new));
  }

  private record Cell(@Nullable ByteBuffer value, @Nullable Long writetime, int ttl) {}

  private static final class DumpedRow implements StoredRow {
    private final long readAt;
    private final Cell[] cells;

    DumpedRow(long readAt, Cell[] cells) {
      this.readAt = readAt;
      this.cells = cells;
    }

    @Override
    public long readAt() {
      return readAt;
    }

    @Override
    public @Nullable ByteBuffer value(int column) {
      return cells[column].value();
    }

    /// Nobody pairs dumped rows.
    @Override
    public long token() {
      return Long.MIN_VALUE;
    }

    @Override
    public long writetime(int column) {
      Long writetime = cells[column].writetime();
      return writetime == null ? Long.MIN_VALUE : writetime;
    }

    @Override
    public boolean tellsTimes(int column) {
      return cells[column].writetime() != null;
    }

    @Override
    public int ttl(int column) {
      return cells[column].ttl();
    }
  }
}
