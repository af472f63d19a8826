package io.changeover.sandbox.router;

import io.changeover.sandbox.http.HttpListener;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tables that the Runtime API shows, with HAProxy's column names.
final class RuntimeTables {

  private static final String VERSION = "changeover-0.1";
  private static final List<String> COLUMNS =
      List.of(
          "pxname",
          "svname",
          "qcur",
          "qmax",
          "scur",
          "smax",
          "slim",
          "stot",
          "bin",
          "bout",
          "dreq",
          "dresp",
          "ereq",
          "econ",
          "eresp",
          "wretr",
          "wredis",
          "status",
          "weight",
          "act",
          "bck",
          "chkfail",
          "chkdown",
          "lastchg",
          "downtime",
          "qlimit",
          "pid",
          "iid",
          "sid",
          "throttle",
          "lbtot",
          "tracked",
          "type",
          "rate",
          "rate_lim",
          "rate_max",
          "check_status",
          "check_code",
          "check_duration",
          "hrsp_1xx",
          "hrsp_2xx",
          "hrsp_3xx",
          "hrsp_4xx",
          "hrsp_5xx",
          "hrsp_other",
          "hanafail",
          "req_rate",
          "req_rate_max",
          "req_tot",
          "cli_abrt",
          "srv_abrt",
          "comp_in",
          "comp_out",
          "comp_byp",
          "comp_rsp",
          "lastsess",
          "last_chk",
          "last_agt",
          "qtime",
          "ctime",
          "rtime",
          "ttime",
          "agent_status",
          "agent_code",
          "agent_duration",
          "addr",
          "mode",
          "algo");
  private static final int FRONTENDS = 1;
  private static final int BACKENDS = 2;
  private static final int SERVERS = 4;

  private final List<RouterBackend> backends;
  private final Map<String, HttpListener> frontends;
  private final Instant startedAt = Instant.now();

  RuntimeTables(List<RouterBackend> backends, Map<String, HttpListener> frontends) {
    this.backends = backends;
    this.frontends = frontends;
  }

  boolean isFrontend(String name) {
    return frontends.containsKey(name);
  }

  String version() {
    return VERSION;
  }

  String info() {
    long seconds = Duration.between(startedAt, Instant.now()).toSeconds();
    long accepted = frontends.values().stream().mapToLong(HttpListener::accepted).sum();
    long requests = frontends.values().stream().mapToLong(HttpListener::requests).sum();
    int open = frontends.values().stream().mapToInt(HttpListener::active).sum();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("Name", "Changeover-Router");
    facts.put("Version", VERSION);
    facts.put("Nbthread", 1);
    facts.put("Nbproc", 1);
    facts.put("Process_num", 1);
    facts.put("Pid", ProcessHandle.current().pid());
    facts.put("Uptime_sec", seconds);
    facts.put("Start_time_sec", startedAt.getEpochSecond());
    facts.put("CurrConns", open);
    facts.put("CumConns", accepted);
    facts.put("CumReq", requests);
    StringBuilder text = new StringBuilder();
    facts.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  String serversState(List<RouterBackend> shown) {
    StringBuilder text = new StringBuilder("1\n");
    text.append("# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight")
        .append(" srv_iweight srv_time_since_last_change srv_check_status srv_check_result")
        .append(" srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id")
        .append(" srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr")
        .append(" srv_agent_addr srv_agent_port\n");
    for (RouterBackend backend : shown) {
      int backendId = frontends.size() + 1 + backends.indexOf(backend);
      int serverId = 0;
      for (RouterServer server : backend.servers()) {
        serverId++;
        text.append(
            "%d %s %d %s %s %d %d %d %d 0 1 0 2 0 0 0 0 - %d - 0 0 - - 0%n"
                .formatted(
                    backendId,
                    backend.name(),
                    serverId,
                    server.name(),
                    server.address().getHostString(),
                    server.state() == RouterServer.State.MAINT ? 0 : 2,
                    adminState(server.state()),
                    server.weight(),
                    server.initialWeight(),
                    server.address().getPort()));
      }
    }
    return text.toString();
  }

  private static int adminState(RouterServer.State state) {
    return switch (state) {
      case READY -> 0;
      case DRAIN -> 8;
      case MAINT -> 1;
    };
  }

  /// @param only a proxy's name, or empty for all
  /// @param types HAProxy's bits: 1 frontends, 2 backends, 4 servers; -1 all
  String stat(String only, int types) {
    StringBuilder text = new StringBuilder("# ").append(String.join(",", COLUMNS)).append(",\n");
    if ((types & FRONTENDS) != 0) {
      frontends.forEach(
          (name, listener) -> {
            if (only.isEmpty() || only.equals(name)) {
              line(text, frontend(name, listener));
            }
          });
    }
    for (RouterBackend backend : backends) {
      if (only.isEmpty() || only.equals(backend.name())) {
        if ((types & SERVERS) != 0) {
          backend.servers().forEach(server -> line(text, server(backend, server)));
        }
        if ((types & BACKENDS) != 0) {
          line(text, whole(backend));
        }
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Map<String, Object> cells) {
    for (String column : COLUMNS) {
      text.append(cells.getOrDefault(column, "")).append(',');
    }
    text.append('\n');
  }

  private static Map<String, Object> frontend(String name, HttpListener listener) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("pxname", name);
    cells.put("svname", "FRONTEND");
    cells.put("scur", listener.active());
    cells.put("stot", listener.accepted());
    cells.put("req_tot", listener.requests());
    cells.put("status", "OPEN");
    cells.put("type", 0);
    cells.put("mode", "http");
    return cells;
  }

  private static Map<String, Object> server(RouterBackend backend, RouterServer server) {
    RouterServer.Counts counts = server.counts();
    Map<String, Object> cells = counted(counts);
    cells.put("pxname", backend.name());
    cells.put("svname", server.name());
    cells.put("status", status(server.state()));
    cells.put("weight", server.weight());
    cells.put("act", 1);
    cells.put("bck", 0);
    cells.put("type", 2);
    cells.put("ctime", counts.averageConnectMillis());
    cells.put("rtime", counts.averageAnswerMillis());
    cells.put("ttime", counts.averageTotalMillis());
    cells.put("addr", server.address().getHostString() + ":" + server.address().getPort());
    return cells;
  }

  private static Map<String, Object> counted(RouterServer.Counts counts) {
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("qcur", 0);
    cells.put("qtime", 0);
    cells.put("scur", counts.current());
    cells.put("smax", counts.most());
    cells.put("stot", counts.total());
    cells.put("lbtot", counts.total());
    cells.put("econ", counts.notConnected());
    cells.put("eresp", counts.brokenAnswers());
    cells.put("wretr", counts.retries());
    cells.put("wredis", counts.redispatches());
    for (int kind = 1; kind <= 5; kind++) {
      cells.put("hrsp_" + kind + "xx", counts.answersByClass().get(kind));
    }
    cells.put("hrsp_other", counts.answersByClass().getFirst());
    cells.put("cli_abrt", 0);
    cells.put("srv_abrt", 0);
    cells.put("mode", "http");
    return cells;
  }

  private static Map<String, Object> whole(RouterBackend backend) {
    long total = 0;
    int weight = 0;
    int current = 0;
    for (RouterServer server : backend.servers()) {
      RouterServer.Counts counts = server.counts();
      total += counts.total() - counts.retries() - counts.redispatches();
      current += server.counts().current();
      weight += server.share();
    }
    Map<String, Object> cells = new LinkedHashMap<>();
    cells.put("pxname", backend.name());
    cells.put("svname", "BACKEND");
    cells.put("scur", current);
    cells.put("stot", total);
    cells.put("status", weight > 0 ? "UP" : "DOWN");
    cells.put("weight", weight);
    cells.put("type", 1);
    cells.put("mode", "http");
    cells.put("algo", "roundrobin");
    return cells;
  }

  private static String status(RouterServer.State state) {
    return switch (state) {
      case READY -> "no check";
      case DRAIN -> "DRAIN";
      case MAINT -> "MAINT";
    };
  }
}
