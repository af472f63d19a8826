ALTER TABLE upstreams ADD COLUMN IF NOT EXISTS host_header text;
