CREATE TABLE IF NOT EXISTS acme_storage (
  id uuid PRIMARY KEY,
  key text UNIQUE,
  value text,
  created_at timestamp with time zone,
  ttl timestamp with time zone
);
