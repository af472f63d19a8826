package io.changeover.exporter.cassandra.scan;

/// How many rows to ask for at a time: as many as fit into 512 KB by the rows seen last. All slices
/// of a scan share it, so that only the first of them begins small.
final class PageSize {

  private static final int FIRST = 64;
  private static final int SMALLEST = 8;
  private static final long BYTES = 512 * 1024;

  private final int largest;
  private volatile int next;

  /// @param largest rows that may be asked for at a time, whatever was seen
  PageSize(int largest) {
    this.largest = largest;
    this.next = Math.min(FIRST, largest);
  }

  int next() {
    return next;
  }

  /// Learns from a page. Growing is gradual: large rows may lie behind small ones.
  ///
  /// @param bytes of the answer, 0 and less where that is not known
  void seen(int rows, int bytes) {
    if (rows > 0 && bytes > 0) {
      long fitting = BYTES * rows / bytes;
      next = Math.clamp(Math.min(fitting, next * 4L), SMALLEST, largest);
    }
  }
}
