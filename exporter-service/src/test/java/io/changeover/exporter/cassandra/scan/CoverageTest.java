package io.changeover.exporter.cassandra.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final ByteBuffer PARTITION = ByteBuffer.wrap(new byte[] {1});

  @Test
  void all_slices_of_the_ring_are_the_whole_in_any_order() {
    List<Slice> slices = new ArrayList<>(Slice.ring()).reversed();

    assertThat(slices).hasSize(Slice.RING_PARTS);
    assertThat(Coverage.of(slices)).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void a_slice_that_was_not_read_is_missing_from_the_share() {
    List<Slice> slices = new ArrayList<>(Slice.ring());
    slices.remove(7);

    assertThat(Coverage.of(slices).doubleValue()).isBetween(0.96, 0.97);
  }

  @Test
  void a_slice_that_was_read_twice_does_not_make_up_for_another() {
    List<Slice> slices = new ArrayList<>(Slice.ring());
    slices.set(3, slices.get(4));

    assertThat(Coverage.of(slices)).isLessThan(BigDecimal.ONE);
  }

  @Test
  void the_slices_of_partitions_are_whole_from_beginning_to_end_only() {
    List<Slice> slices = Slice.clustered(List.of(PARTITION, ByteBuffer.wrap(new byte[] {2})));

    assertThat(Coverage.of(slices)).isEqualByComparingTo(BigDecimal.ONE);
    for (int i = 0; i < slices.size(); i++) {
      List<Slice> without = new ArrayList<>(slices);
      without.remove(i);
      assertThat(Coverage.of(without))
          .describedAs("without %d", i)
          .isEqualByComparingTo(BigDecimal.ZERO);
    }
  }

  @Test
  void a_table_without_partitions_is_read_whole_without_a_slice() {
    assertThat(Coverage.of(List.of())).isEqualByComparingTo(BigDecimal.ONE);
  }
}
