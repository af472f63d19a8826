CREATE TABLE IF NOT EXISTS clustering_data_planes (
  id uuid PRIMARY KEY,
  hostname text NOT NULL,
  ip text NOT NULL,
  last_seen timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  config_hash text NOT NULL,
  ttl timestamp with time zone
);
CREATE INDEX IF NOT EXISTS clustering_data_planes_ttl_idx ON clustering_data_planes (ttl);

ALTER TABLE routes ADD COLUMN IF NOT EXISTS request_buffering boolean;
ALTER TABLE routes ADD COLUMN IF NOT EXISTS response_buffering boolean;
