package io.changeover.sandbox.cassandra;

import java.nio.file.Path;

/// The text of `cassandra.yaml` for one small, durable node.
///
/// @param folder where its data is
/// @param port of clients
/// @param storagePort of other nodes, of which there are none
/// @param passwords whether clients must log in
record CassandraSettings(Path folder, int port, int storagePort, boolean passwords) {
  String yaml(EmbeddedCassandra.Data data) {
    return """
    cluster_name: changeover
    num_tokens: 8
    partitioner: org.apache.cassandra.dht.Murmur3Partitioner
    endpoint_snitch: SimpleSnitch
    seed_provider:
      - class_name: org.apache.cassandra.locator.SimpleSeedProvider
        parameters: [{seeds: "127.0.0.1:%2$d"}]
    listen_address: 127.0.0.1
    storage_port: %2$d
    rpc_address: 127.0.0.1
    native_transport_port: %3$d
    data_file_directories: ["%1$s/data"]
    commitlog_directory: "%1$s/commitlog"
    saved_caches_directory: "%1$s/saved_caches"
    hints_directory: "%1$s/hints"
    commitlog_sync: %6$s
    commitlog_segment_size: 16MiB
    commitlog_total_space: 256MiB
    auto_snapshot: false
    hinted_handoff_enabled: false
    dynamic_snitch: false
    authenticator: %4$s
    authorizer: %5$s
    credentials_validity: 60s
    key_cache_size: 8MiB
    row_cache_size: 0MiB
    counter_cache_size: 1MiB
    prepared_statements_cache_size: 8MiB
    file_cache_size: 32MiB
    memtable_heap_space: 96MiB
    memtable_offheap_space: 64MiB
    concurrent_reads: 16
    concurrent_writes: 16
    concurrent_compactors: 1
    compaction_throughput: 0MiB/s
    read_request_timeout: 20s
    range_request_timeout: 20s
    write_request_timeout: 20s
    cas_contention_timeout: 5s
    truncate_request_timeout: 60s
    request_timeout: 20s
    """
        .formatted(
            folder,
            storagePort,
            port,
            passwords ? "PasswordAuthenticator" : "AllowAllAuthenticator",
            passwords ? "CassandraAuthorizer" : "AllowAllAuthorizer",
            switch (data) {
              // An answered write is on the disk.
              case KEPT -> "batch";
              case FOR_ONE_RUN -> "periodic\ncommitlog_sync_period: 10s";
            });
  }
}
