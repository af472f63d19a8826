package io.changeover.sandbox.kong.node;

import java.util.Set;

/// Who calls: a consumer and its ACL groups.
record Consumer(String id, String username, String customId, Set<String> groups) {}
