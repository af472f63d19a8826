package io.changeover.inventory;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One version of Kong in a cluster: its command line and its nodes.
///
/// @param version its key in the file: Kong's version, and perhaps a label that tells several sets
///   of its nodes apart (`2.2.2+oauth2`)
/// @param edition as said, else as the version's form tells it
/// @param command argv prefix of the `kong` command: `kong`, or `docker exec NAME kong`, or `ssh
///   HOST kong`
/// @param conf the configuration file, handed to `kong` with `-c`
/// @param declarative the declarative file of a cluster without datastore, on the machine that the
///   command reaches
/// @param environment the `KONG_*` settings of every call of this version
/// @param provision the runbook that starts the nodes, where the suite can't
/// @param decommission the runbook that stops the nodes, where the suite can't
public record KongVersion(
    String version,
    Edition edition,
    List<String> command,
    Optional<String> conf,
    Optional<String> declarative,
    Map<String, Secret> environment,
    List<Node> nodes,
    Optional<RunbookName> provision,
    Optional<RunbookName> decommission) {

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /// Older ones first; suffixes and labels do not order.
  static final Comparator<KongVersion> BY_NUMBER =
      Comparator.comparing(KongVersion::parts, (one, other) -> Arrays.compare(one, other));

  private BigInteger[] parts() {
    return NUMBER
        .matcher(number().split("-", 2)[0])
        .results()
        .map(MatchResult::group)
        .map(BigInteger::new)
        .toArray(BigInteger[]::new);
  }

  /// Kong's version, as Kong itself says it: without the label.
  public String number() {
    return number(version);
  }

  static String number(String version) {
    return version.split("\\+", 2)[0];
  }

  /// Whether both are the same Kong on different nodes. A move between them adds plugins.
  public boolean isRelabelled(KongVersion other) {
    return number().equals(other.number())
        && edition == other.edition
        && !version.equals(other.version);
  }
}
