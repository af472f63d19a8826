package io.changeover.exporter.cassandra.findings;

import java.util.Arrays;

/// A set of 64-bit hashes in an array: 11 to 22 bytes each where a set of objects takes 60. Safe
/// for several threads.
public final class HashSet64 {

  private static final int START = 1024;

  private long[] slots = new long[START];
  private int size;
  private boolean hasZero;

  /// Adds one.
  ///
  /// @return whether it is new
  public synchronized boolean add(long hash) {
    if (hash == 0) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (size * 4L >= slots.length * 3L) {
      grow();
    }
    return put(hash);
  }

  /// Whether it was added.
  public synchronized boolean contains(long hash) {
    return hash == 0 ? hasZero : slots[slot(hash)] == hash;
  }

  /// How many.
  public synchronized int size() {
    return size + (hasZero ? 1 : 0);
  }

  private boolean put(long hash) {
    int slot = slot(hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  private int slot(long hash) {
    int mask = slots.length - 1;
    int slot = (int) (hash ^ (hash >>> 32)) & mask;
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    size = 0;
    Arrays.stream(before).filter(hash -> hash != 0).forEach(this::put);
  }
}
