ALTER TABLE ca_certificates ADD COLUMN IF NOT EXISTS cert_digest text UNIQUE;
ALTER TABLE ca_certificates DROP CONSTRAINT IF EXISTS ca_certificates_cert_key;

ALTER TABLE services ADD COLUMN IF NOT EXISTS tls_verify boolean;
ALTER TABLE services ADD COLUMN IF NOT EXISTS tls_verify_depth smallint;
ALTER TABLE services ADD COLUMN IF NOT EXISTS ca_certificates uuid[];

ALTER TABLE upstreams ADD COLUMN IF NOT EXISTS client_certificate_id uuid REFERENCES certificates (id);
CREATE INDEX IF NOT EXISTS upstreams_fkey_client_certificate ON upstreams (client_certificate_id);

CREATE TABLE IF NOT EXISTS workspaces (
  id uuid PRIMARY KEY,
  name text UNIQUE,
  comment text,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'),
  meta jsonb,
  config jsonb
);
CREATE INDEX IF NOT EXISTS workspaces_name_idx ON workspaces (name);
INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'default') ON CONFLICT DO NOTHING;

DO $ws$
DECLARE
  home text := (SELECT id::text FROM workspaces WHERE name = 'default');
  one record;
BEGIN
  FOR one IN SELECT unnest(ARRAY['upstreams', 'targets', 'consumers', 'certificates', 'snis', 'services', 'routes', 'plugins']) AS name LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS ws_id uuid DEFAULT %L', one.name, home);
    EXECUTE format('ALTER TABLE %1$I DROP CONSTRAINT IF EXISTS %2$I, ADD CONSTRAINT %2$I FOREIGN KEY (ws_id) REFERENCES workspaces (id)', one.name, one.name || '_ws_id_fkey');
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = one.name || '_id_ws_id_unique' AND connamespace = current_schema()::regnamespace) THEN
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (id, ws_id)', one.name, one.name || '_id_ws_id_unique');
    END IF;
  END LOOP;

  FOR one IN SELECT * FROM (VALUES ('upstreams', 'name'), ('consumers', 'username'), ('consumers', 'custom_id'), ('services', 'name'), ('routes', 'name')) AS u (name, field) LOOP
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS %I', one.name, one.name || '_' || one.field || '_key');
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = one.name || '_ws_id_' || one.field || '_unique' AND connamespace = current_schema()::regnamespace) THEN
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (ws_id, %I)', one.name, one.name || '_ws_id_' || one.field || '_unique', one.field);
    END IF;
  END LOOP;

  FOR one IN SELECT * FROM (VALUES
      ('targets', 'upstream_id', 'upstreams', 'ON DELETE CASCADE'),
      ('snis', 'certificate_id', 'certificates', ''),
      ('services', 'client_certificate_id', 'certificates', ''),
      ('routes', 'service_id', 'services', ''),
      ('plugins', 'service_id', 'services', 'ON DELETE CASCADE'),
      ('plugins', 'route_id', 'routes', 'ON DELETE CASCADE'),
      ('plugins', 'consumer_id', 'consumers', 'ON DELETE CASCADE')) AS f (name, field, parent, rule) LOOP
    EXECUTE format('ALTER TABLE %1$I DROP CONSTRAINT IF EXISTS %2$I, ADD CONSTRAINT %2$I FOREIGN KEY (%3$I, ws_id) REFERENCES %4$I (id, ws_id) %5$s',
      one.name, one.name || '_' || one.field || '_fkey', one.field, one.parent, one.rule);
  END LOOP;
END
$ws$;
