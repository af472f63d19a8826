package io.changeover.migrator;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/// Limits of the service's calls.
///
/// @param reading one question to `kong` or to the database that changes nothing
/// @param http one request to a node, connecting and answering each
/// @param digest the digest over a whole configuration
/// @param kongDatabase what `kong migrations` waits for one statement (`--db-timeout`); far above
///   the longest expected
/// @param kongLock how long Kong's lock lives and is waited for (`--lock-timeout`); far above the
///   longest migration
/// @param nodeStart from `kong start` to a healthy node
/// @param nodeQuit what busy connections get when a node is told to quit; the router has drained it
///   before
/// @param nodeStop from there to a node that is proven down
/// @param state a folder of this worker's own, kept over restarts: what it was running when it was
///   killed
@ConfigurationProperties("changeover.migrator")
public record MigratorSettings(
    @Bindable(defaultValue = "30s") Duration reading,
    @Bindable(defaultValue = "3s") Duration http,
    @Bindable(defaultValue = "5m") Duration digest,
    @Bindable(defaultValue = "1h") Duration kongDatabase,
    @Bindable(defaultValue = "1h") Duration kongLock,
    @Bindable(defaultValue = "90s") Duration nodeStart,
    @Bindable(defaultValue = "10s") Duration nodeQuit,
    @Bindable(defaultValue = "45s") Duration nodeStop,
    Path state) {}
