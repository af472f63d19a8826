package io.changeover.traffic.router;

import io.changeover.inventory.RuntimeAddress;
import io.changeover.traffic.router.HaproxyAnswers.UnexpectedAnswer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// HAProxy (2.4 and later) over its Runtime API; needs `stats socket … level admin`.
public final class HaproxyRouter implements Router {

  /// What HAProxy lets a proxy or server be called; nothing else goes into a command.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]+");

  private static final int ATTEMPTS = 3;

  private final RuntimeApi api;
  private final HaproxyFreeze freeze;
  private final RuntimeAddress address;
  private final Clock clock;

  public HaproxyRouter(RuntimeAddress address, CallLimits limits, Clock clock) {
    this.api = new RuntimeApi(address, limits);
    this.freeze = new HaproxyFreeze(api);
    this.address = address;
    this.clock = clock;
  }

  @Override
  public Reading read(String backend) {
    if (!NAME.matcher(backend).matches()) {
      return new Reading.NoBackend("`" + backend + "` can't be the name of a backend");
    }
    try {
      return readOnce(backend);
    } catch (IOException e) {
      return new Reading.Unknown(unreachable(e));
    } catch (UnexpectedAnswer e) {
      return new Reading.Unknown(e.words());
    }
  }

  /// Three answers make one observation; the process is asked before and after, so that no restart
  /// falls in between.
  private Reading readOnce(String backend) throws IOException, UnexpectedAnswer {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map<String, String> before = HaproxyAnswers.keyValues(api.call("show info"));
      String states = api.call("show servers state " + backend);
      if (says(states, "can't find backend")) {
        return new Reading.NoBackend(HaproxyAnswers.gist(states));
      }
      String statistics = api.call("show stat " + backend + " 4 -1");
      List<Server> servers =
          HaproxyAnswers.servers(
              HaproxyAnswers.serverStates(states), HaproxyAnswers.statistics(statistics));
      Map<String, String> after = HaproxyAnswers.keyValues(api.call("show info"));
      if (process(before).equals(process(after))) {
        return new Reading.Seen(
            new Observation(clock.instant(), product(after), process(after), backend, servers));
      }
    }
    return new Reading.Unknown("the router restarted while it was read");
  }

  private static String process(Map<String, String> about) {
    return about.get("Pid") + "@" + about.getOrDefault("Start_time_sec", "?");
  }

  private static String product(Map<String, String> about) {
    return about.getOrDefault("Name", "unnamed") + " " + about.get("Version");
  }

  @Override
  public Change setWeight(String backend, String server, int weight) {
    if (weight < 0 || weight > MAX_WEIGHT) {
      return new Change.Refused("expected a weight from 0 to " + MAX_WEIGHT + ", got " + weight);
    }
    return change(backend, server, "weight " + weight);
  }

  @Override
  public Change setState(String backend, String server, AdminState state) {
    return change(backend, server, "state " + state.word());
  }

  @Override
  public FreezeReading readFreeze(String backend) {
    if (!NAME.matcher(backend).matches()) {
      return new FreezeReading.NotSetUp("`" + backend + "` can't be the name of a backend");
    }
    try {
      return freeze.read(backend);
    } catch (IOException e) {
      return new FreezeReading.Unknown(unreachable(e));
    } catch (UnexpectedAnswer e) {
      return new FreezeReading.Unknown(e.words());
    }
  }

  @Override
  public Change setFreeze(String backend, FreezeState state) {
    if (!NAME.matcher(backend).matches()) {
      return new Change.Refused("`" + backend + "` can't be the name of a backend");
    }
    try {
      return freeze.set(backend, state);
    } catch (IOException e) {
      return new Change.Unknown(unreachable(e));
    } catch (UnexpectedAnswer e) {
      return new Change.Unknown(e.words());
    }
  }

  private Change change(String backend, String server, String what) {
    return unnameable(backend, server)
        .<Change>map(Change.Refused::new)
        .orElseGet(() -> tell("set server " + backend + "/" + server + " " + what));
  }

  private static Optional<String> unnameable(String backend, String server) {
    return NAME.matcher(backend).matches() && NAME.matcher(server).matches()
        ? Optional.empty()
        : Optional.of("`" + backend + "/" + server + "` can't be the name of a server");
  }

  private Change tell(String command) {
    try {
      String answer = api.call(command);
      return answer.isBlank() ? new Change.Done() : new Change.Refused(HaproxyAnswers.gist(answer));
    } catch (IOException e) {
      return new Change.Unknown(unreachable(e));
    }
  }

  private static boolean says(String answer, String words) {
    return answer.strip().toLowerCase(Locale.ROOT).startsWith(words);
  }

  private String unreachable(IOException e) {
    String message = e.getMessage();
    return address + ": " + (message == null ? e.getClass().getSimpleName() : message);
  }
}
