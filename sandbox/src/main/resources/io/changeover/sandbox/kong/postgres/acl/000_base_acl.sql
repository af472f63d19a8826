CREATE TABLE IF NOT EXISTS acls (
  id uuid PRIMARY KEY,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  "group" text,
  cache_key text UNIQUE
);
CREATE INDEX IF NOT EXISTS acls_consumer_id_idx ON acls (consumer_id);
CREATE INDEX IF NOT EXISTS acls_group_idx ON acls ("group");
