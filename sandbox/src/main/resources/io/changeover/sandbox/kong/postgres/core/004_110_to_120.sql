CREATE INDEX IF NOT EXISTS cluster_events_expire_at_idx ON cluster_events (expire_at);
ALTER TABLE routes ADD COLUMN IF NOT EXISTS https_redirect_status_code integer;
