package io.changeover.cli.demo;

import io.changeover.cli.client.Timeline;

/// A run at its end, for whoever judges it.
record Ended(Topology place, DemoCluster cluster, Timeline timeline, Watch watch) {}
