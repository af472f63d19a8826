ALTER TABLE ratelimiting_metrics ADD COLUMN IF NOT EXISTS ttl timestamp with time zone;
CREATE INDEX IF NOT EXISTS ratelimiting_metrics_ttl_idx ON ratelimiting_metrics (ttl);
