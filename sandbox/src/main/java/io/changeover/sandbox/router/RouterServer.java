package io.changeover.sandbox.router;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/// One server of a backend: what an operator set, and what was counted. Guarded by its own lock.
final class RouterServer {

  /// What an operator wants of a server.
  enum State {
    /// Takes requests by its weight.
    READY,
    /// Takes no new requests.
    DRAIN,
    /// Takes nothing.
    MAINT
  }

  private static final int AVERAGED = 1024;

  /// The counters of `show stat`, at one moment.
  record Counts(
      int current,
      int most,
      long total,
      List<Long> answersByClass,
      long notConnected,
      long brokenAnswers,
      long retries,
      long redispatches,
      long averageConnectMillis,
      long averageAnswerMillis,
      long averageTotalMillis) {}

  private final String name;
  private final InetSocketAddress address;
  private final int initialWeight;
  private final Average connect = new Average(AVERAGED);
  private final Average answer = new Average(AVERAGED);
  private final Average whole = new Average(AVERAGED);
  private final long[] answersByClass = new long[6];
  private int weight;
  private State state;
  private int current;
  private int most;
  private long total;
  private long notConnected;
  private long brokenAnswers;
  private long retries;
  private long redispatches;

  RouterServer(RouterPlan.Server plan) {
    this.name = plan.name();
    this.address = plan.address();
    this.initialWeight = plan.weight();
    this.weight = plan.weight();
    this.state = plan.disabled() ? State.MAINT : State.READY;
  }

  String name() {
    return name;
  }

  InetSocketAddress address() {
    return address;
  }

  int initialWeight() {
    return initialWeight;
  }

  synchronized int weight() {
    return weight;
  }

  synchronized void weight(int newWeight) {
    weight = newWeight;
  }

  synchronized State state() {
    return state;
  }

  synchronized void state(State newState) {
    state = newState;
  }

  /// The weight that counts for choosing: 0 unless ready.
  synchronized int share() {
    return state == State.READY ? weight : 0;
  }

  synchronized void begun() {
    current++;
    most = Math.max(most, current);
    total++;
  }

  synchronized void answered(int status, long connectMillis, long answerMillis) {
    current--;
    int kind = status / 100;
    answersByClass[kind >= 1 && kind <= 5 ? kind : 0]++;
    connect.add(connectMillis);
    answer.add(answerMillis);
    whole.add(connectMillis + answerMillis);
  }

  /// The connection could not be made and is tried again: a retry here, or a redispatch elsewhere,
  /// as HAProxy 2.6 counts.
  synchronized void retried(boolean elsewhere) {
    current--;
    if (elsewhere) {
      redispatches++;
    } else {
      retries++;
    }
  }

  synchronized void notConnected() {
    current--;
    notConnected++;
  }

  synchronized void brokenAnswer() {
    current--;
    brokenAnswers++;
  }

  synchronized Counts counts() {
    return new Counts(
        current,
        most,
        total,
        Arrays.stream(answersByClass).boxed().toList(),
        notConnected,
        brokenAnswers,
        retries,
        redispatches,
        connect.value(),
        answer.value(),
        whole.value());
  }

  /// The average of the last so many values.
  private static final class Average {
    private final long[] last;
    private long sum;
    private int next;
    private int filled;

    Average(int size) {
      last = new long[size];
    }

    void add(long value) {
      sum += value - last[next];
      last[next] = value;
      next = (next + 1) % last.length;
      filled = Math.min(last.length, filled + 1);
    }

    long value() {
      return filled == 0 ? 0 : sum / filled;
    }
  }
}
