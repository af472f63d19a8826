package io.changeover.exporter.catalog;

import java.util.List;

/// A whole schema: what makes it again, but for the rows, owners and grants.
///
/// @param serverVersion as the server says it
/// @param tables by name
/// @param before statements that make functions and bare tables, before the rows are there
/// @param after statements that make keys, constraints, indexes and triggers, once the rows are
///   there
public record SchemaShape(
    String serverVersion, List<TableShape> tables, List<String> before, List<String> after) {}
