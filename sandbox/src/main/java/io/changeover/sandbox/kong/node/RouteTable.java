package io.changeover.sandbox.kong.node;

import io.changeover.sandbox.http.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// All routes in the order in which they are tried: more kinds of rule first, plain hosts before
/// wildcards, higher `regex_priority`, longer path, older.
final class RouteTable {

  private static final Comparator<Route> ORDER =
      Comparator.comparingInt(Route::kinds)
          .thenComparing(Route::hasPlainHost)
          .thenComparingInt(Route::regexPriority)
          .thenComparingInt(Route::longestPath)
          .reversed()
          .thenComparingLong(Route::createdAt)
          .thenComparing(Route::id);

  /// A route and what of the path it matched.
  record Match(Route route, String matched) {}

  private final List<Route> routes;

  RouteTable(List<Route> routes) {
    List<Route> ordered = new ArrayList<>(routes);
    ordered.sort(ORDER);
    this.routes = List.copyOf(ordered);
  }

  int size() {
    return routes.size();
  }

  @Nullable Match match(Request request) {
    String host = hostOf(request);
    String path = request.path();
    for (Route route : routes) {
      String matched = route.match(request, host, path);
      if (matched != null) {
        return new Match(route, matched);
      }
    }
    return null;
  }

  /// The Host header without its port, in lower case.
  static String hostOf(Request request) {
    String host = request.headers().get("Host", "").toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    return colon > 0 ? host.substring(0, colon) : host;
  }
}
