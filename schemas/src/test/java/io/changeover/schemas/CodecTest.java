package io.changeover.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  static java.util.List<SpecificRecord> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_message_survives_the_wire(SpecificRecord message) throws Exception {
    byte[] bytes = Codec.encode(message);
    assertThat(Codec.encode(Codec.decode(bytes))).isEqualTo(bytes);
    assertThat(Codec.decode(bytes)).hasToString(message.toString());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_message_cut_anywhere_is_undecodable(SpecificRecord message) {
    byte[] whole = Codec.encode(message);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Codec.decode(cut))
          .as("%s cut to %d of %d bytes", message.getSchema().getName(), length, whole.length)
          .isInstanceOf(UndecodableException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void damaged_bytes_never_cause_anything_but_undecodable(SpecificRecord message) {
    var random = new Random(7);
    byte[] whole = Codec.encode(message);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      decodeOrUndecodable(damaged);
    }
  }

  @Test
  void random_bytes_never_cause_anything_but_undecodable() {
    var random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      decodeOrUndecodable(bytes);
    }
  }

  @Test
  void an_unknown_schema_is_named_by_its_fingerprint() {
    byte[] unknown = {(byte) 0xC3, 1, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    assertThatThrownBy(() -> Codec.decode(unknown))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("0102030405060708");
  }

  @Test
  void a_message_over_the_limit_is_refused_unread() {
    assertThatThrownBy(() -> Codec.decode(new byte[Codec.MAX_BYTES + 1]))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("1048577");
  }

  @Test
  void bytes_after_the_message_are_refused() {
    byte[] whole = Codec.encode(Samples.all().getFirst());
    assertThatThrownBy(() -> Codec.decode(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("after the message");
  }

  private static void decodeOrUndecodable(byte[] bytes) {
    try {
      assertThat(Codec.decode(bytes)).isNotNull();
    } catch (UndecodableException e) {
      assertThat(e.expected()).isNotBlank();
    }
  }
}
