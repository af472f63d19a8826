package io.changeover.inventory;

/// What stands in front of the nodes and shares the requests out among them.
public sealed interface Router permits Haproxy {}
