/// Cassandra in a JVM of its own, with its data in a folder.
///
/// Cassandra needs its own versions of much that the suite uses too, so it never shares a class
/// path with it: module `sandbox-cassandra` lays out what the fork runs on.
@NullMarked
package io.changeover.sandbox.cassandra;

import org.jspecify.annotations.NullMarked;
