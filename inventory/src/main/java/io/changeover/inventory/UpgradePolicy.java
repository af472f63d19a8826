package io.changeover.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a cluster wants to be upgraded.
///
/// @param steps rising weights; the last is 100
/// @param soak how long green must carry 100 % before blue may be drained
/// @param soakAnalysis what is measured meanwhile; absent: nothing
/// @param gates where the upgrade waits for a person
/// @param hooks runbooks that run before a phase
/// @param deadlines per action, where the planner's own do not fit
/// @param drain how long blue's sessions may take to end
public record UpgradePolicy(
    Backup backup,
    List<Step> steps,
    Duration soak,
    Optional<Analysis> soakAnalysis,
    List<Gate> gates,
    List<Hook> hooks,
    Map<String, Duration> deadlines,
    Retry retry,
    Heartbeat heartbeat,
    Duration drain) {}
