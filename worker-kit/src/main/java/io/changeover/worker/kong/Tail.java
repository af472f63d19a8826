package io.changeover.worker.kong;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the last bytes of a stream. It only ever reads what is there: a process that was started
/// by the command and outlives it may hold the pipe open for ever.
final class Tail {

  private final InputStream in;
  private final byte[] ring;
  private final byte[] chunk = new byte[8192];
  private long total;

  Tail(InputStream in, int capacity) {
    this.in = in;
    this.ring = new byte[capacity];
  }

  /// Takes what the stream holds now.
  void drain() {
    try {
      for (int ready = in.available(); ready > 0; ready = in.available()) {
        int read = in.read(chunk, 0, Math.min(ready, chunk.length));
        if (read < 0) {
          return;
        }
        keep(read);
      }
    } catch (IOException closed) {
      // The other end is gone; what was read stays.
      return;
    }
  }

  private void keep(int count) {
    for (int i = 0; i < count; i++) {
      ring[(int) (total++ % ring.length)] = chunk[i];
    }
  }

  /// The tail as text, marked when the head is missing.
  String text() {
    if (total <= ring.length) {
      return new String(ring, 0, (int) total, StandardCharsets.UTF_8);
    }
    int start = (int) (total % ring.length);
    byte[] ordered = new byte[ring.length];
    System.arraycopy(ring, start, ordered, 0, ring.length - start);
    System.arraycopy(ring, 0, ordered, ring.length - start, start);
    return "… "
        + (total - ring.length)
        + " bytes left out …\n"
        + new String(ordered, StandardCharsets.UTF_8);
  }
}
