package io.changeover.traffic.router;

/// One server of a backend, as the router says it.
///
/// @param weight the weight that it has now
/// @param initialWeight the weight of the router's configuration file
/// @param checked whether the router checks its health; if not, `oper` is belief
/// @param sessions requests that it works on now
/// @param averageMillis mean time of its last requests (HAProxy: 1,024)
public record Server(
    String name,
    int weight,
    int initialWeight,
    AdminState admin,
    OperState oper,
    boolean checked,
    long sessions,
    long averageMillis,
    Counters counters) {

  /// Whether it takes requests if its weight says so.
  public boolean usable() {
    return admin == AdminState.READY && oper.serves();
  }

  /// The weight that counts: a server in drain or maintenance has none.
  public int readyWeight() {
    return admin == AdminState.READY ? weight : 0;
  }
}
