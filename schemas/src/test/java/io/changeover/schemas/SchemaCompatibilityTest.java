package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/// FULL_TRANSITIVE: each schema reads and is read by every version of it that was ever released.
class SchemaCompatibilityTest {
  @Test
  void every_message_is_fully_compatible_with_every_release_of_it() {
    assertThat(Messages.ENCODED.stream().flatMap(s -> breaks(s, ReleasedSchemas.all()).stream()))
        .isEmpty();
  }

  @Test
  void every_released_message_still_exists() {
    assertThat(ReleasedSchemas.all())
        .extracting(Schema::getFullName)
        .allMatch(name -> Messages.ENCODED.stream().anyMatch(s -> s.getFullName().equals(name)));
  }

  @Test
  void a_field_without_default_is_refused() {
    var released = schema("{'name':'id','type':'string'}");
    var changed = schema("{'name':'id','type':'string'},{'name':'more','type':'string'}");
    assertThat(breaks(changed, List.of(released))).hasSize(1);
  }

  @Test
  void a_removed_field_without_default_is_refused() {
    var released = schema("{'name':'id','type':'string'},{'name':'gone','type':'string'}");
    var changed = schema("{'name':'id','type':'string'}");
    assertThat(breaks(changed, List.of(released))).hasSize(1);
  }

  @Test
  void a_field_with_default_is_taken() {
    var released = schema("{'name':'id','type':'string'}");
    var changed =
        schema("{'name':'id','type':'string'},{'name':'more','type':'string','default':''}");
    assertThat(breaks(changed, List.of(released))).isEmpty();
  }

  private static List<String> breaks(Schema current, List<Schema> released) {
    var found = new ArrayList<String>();
    for (var old : released) {
      if (old.getFullName().equals(current.getFullName())) {
        incompatibility(current, old).ifPresent(found::add);
        incompatibility(old, current).ifPresent(found::add);
      }
    }
    return found;
  }

  private static java.util.Optional<String> incompatibility(Schema reader, Schema writer) {
    var pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    return pair.getType() == SchemaCompatibilityType.COMPATIBLE
        ? java.util.Optional.empty()
        : java.util.Optional.of(reader.getName() + ": " + pair.getResult().getIncompatibilities());
  }

  private static Schema schema(String fields) {
    return new Schema.Parser()
        .parse("{'type':'record','name':'T','fields':[%s]}".formatted(fields).replace('\'', '"'));
  }
}
