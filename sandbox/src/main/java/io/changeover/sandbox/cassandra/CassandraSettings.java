package io.changeover.sandbox.cassandra;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The text of `cassandra.yaml` for one small, durable node, by the names that every server from
/// 3.11 on takes.
///
/// @param folder where its data is
/// @param place where it listens
/// @param passwords whether clients must log in
/// @param key of its clients' connections; none where they are in clear
record CassandraSettings(Path folder, Place place, boolean passwords, Optional<ServerKey> key) {

  /// Longer than any pause of a busy machine that a single node can have.
  private static final Duration PATIENT = Duration.ofSeconds(20);

  /// Cassandra's own limit for ranges: who waits longer for a node that has just died only waits.
  private static final Duration IN_A_RING = Duration.ofSeconds(10);

  /// Where a node listens.
  ///
  /// @param host an address of this machine
  /// @param port of clients
  /// @param storagePort of other nodes
  /// @param seed the address of the node that others ask for the ring; its own where it is alone
  record Place(String host, int port, int storagePort, String seed, boolean alone) {}

  String yaml(EmbeddedCassandra.Data data) {
    return """
    cluster_name: changeover
    num_tokens: 8
    auto_bootstrap: false
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    endpoint_snitch: SimpleSnitch
    seed_provider:
      - class_name: org.apache.cassandra.locator.SimpleSeedProvider
        parameters: [{seeds: "%8$s"}]
    listen_address: %7$s
    storage_port: %2$d
    rpc_address: %7$s
    native_transport_port: %3$d
    data_file_directories: ["%1$s/data"]
    commitlog_directory: "%1$s/commitlog"
    saved_caches_directory: "%1$s/saved_caches"
    hints_directory: "%1$s/hints"
    commitlog_sync: %6$s
    commitlog_segment_size_in_mb: 16
    commitlog_total_space_in_mb: 256
    auto_snapshot: false
    hinted_handoff_enabled: false
    dynamic_snitch: false
    authenticator: %4$s
    authorizer: %5$s
    credentials_validity_in_ms: 60000
    key_cache_size_in_mb: 8
    row_cache_size_in_mb: 0
    counter_cache_size_in_mb: 1
    prepared_statements_cache_size_mb: 8
    file_cache_size_in_mb: 32
    memtable_heap_space_in_mb: 96
    memtable_offheap_space_in_mb: 64
    concurrent_reads: 16
    concurrent_writes: 16
    concurrent_compactors: 1
    compaction_throughput_mb_per_sec: 0
    read_request_timeout_in_ms: %9$d
    range_request_timeout_in_ms: %9$d
    write_request_timeout_in_ms: %9$d
    cas_contention_timeout_in_ms: 5000
    truncate_request_timeout_in_ms: 60000
    request_timeout_in_ms: %9$d
    """
            .formatted(
                folder,
                place.storagePort(),
                place.port(),
                passwords ? "PasswordAuthenticator" : "AllowAllAuthenticator",
                passwords ? "CassandraAuthorizer" : "AllowAllAuthorizer",
                switch (data) {
                  // An answered write is on the disk.
                  case KEPT -> CassandraFork.batchSync();
                  case FOR_ONE_RUN -> "periodic\ncommitlog_sync_period_in_ms: 10000";
                },
                place.host(),
                place.seed(),
                (place.alone() ? PATIENT : IN_A_RING).toMillis())
        + key.map(CassandraSettings::encryption).orElse("");
  }

  private static String encryption(ServerKey key) {
    return """
    client_encryption_options:
      enabled: true
      optional: false
      keystore: "%s"
      keystore_password: %s
      require_client_auth: false
    """
        .formatted(key.keystore(), key.password());
  }
}
