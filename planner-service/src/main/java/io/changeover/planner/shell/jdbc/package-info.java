/// The ledger on PostgreSQL. The hot path is plain JDBC: arrays in, COPY for the journal, one
/// transaction per batch. Reading for people goes through Micronaut Data.
@NullMarked
package io.changeover.planner.shell.jdbc;

import org.jspecify.annotations.NullMarked;
