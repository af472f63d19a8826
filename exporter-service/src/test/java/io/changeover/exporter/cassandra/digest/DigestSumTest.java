package io.changeover.exporter.cassandra.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigestSumTest {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  @Test
  void adds_as_numbers_of_256_bits_do() {
    Random random = new Random(4711);
    DigestSum sum = new DigestSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 5_000; i++) {
      byte[] digest = new byte[32];
      for (int word = 0; word < 32; word += 8) {
        // Words of all ones and all zeros carry furthest.
        byte[] eight = new byte[8];
        switch (random.nextInt(3)) {
          case 0 -> random.nextBytes(eight);
          case 1 -> java.util.Arrays.fill(eight, (byte) -1);
          default -> eight[7] = 1;
        }
        System.arraycopy(eight, 0, digest, word, 8);
      }
      sum.add(digest);
      expected = expected.add(new BigInteger(1, digest)).mod(MODULUS);
      assertThat(sum.value()).isEqualTo(expected);
    }
    assertThat(sum.rows()).isEqualTo(5_000);
    assertThat(DigestSum.of(sum.rows(), sum.hex())).isEqualTo(sum);
  }
}
