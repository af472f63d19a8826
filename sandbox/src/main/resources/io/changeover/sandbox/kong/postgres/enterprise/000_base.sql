-- One of the tables that only Enterprise has; its columns are not known and nothing here reads it.
CREATE TABLE IF NOT EXISTS workspace_entity_counters (
  workspace_id uuid,
  entity_type text,
  count integer,
  PRIMARY KEY (workspace_id, entity_type)
);
