package io.changeover.traffic.decide;

/// One server's new weight.
public record WeightChange(String server, int weight) {}
