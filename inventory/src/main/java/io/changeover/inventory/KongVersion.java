package io.changeover.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One version of Kong in a cluster: its command line and its nodes.
///
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
    Optional<RunbookName> decommission) {}
