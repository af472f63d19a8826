package io.changeover.sandbox.kong.node;

/// An API key's row, without the key.
record Credential(String id, Consumer consumer) {}
