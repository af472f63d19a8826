DO $ws$
DECLARE
  home text := (SELECT id::text FROM workspaces WHERE name = 'default');
  one record;
BEGIN
  FOR one IN SELECT unnest(ARRAY['basicauth_credentials']) AS name LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN IF NOT EXISTS ws_id uuid DEFAULT %L', one.name, home);
    EXECUTE format('ALTER TABLE %1$I DROP CONSTRAINT IF EXISTS %2$I, ADD CONSTRAINT %2$I FOREIGN KEY (ws_id) REFERENCES workspaces (id)', one.name, one.name || '_ws_id_fkey');
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = one.name || '_id_ws_id_unique' AND connamespace = current_schema()::regnamespace) THEN
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (id, ws_id)', one.name, one.name || '_id_ws_id_unique');
    END IF;
  END LOOP;

  FOR one IN SELECT * FROM (VALUES ('basicauth_credentials', 'username')) AS u (name, field) LOOP
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT IF EXISTS %I', one.name, one.name || '_' || one.field || '_key');
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = one.name || '_ws_id_' || one.field || '_unique' AND connamespace = current_schema()::regnamespace) THEN
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I UNIQUE (ws_id, %I)', one.name, one.name || '_ws_id_' || one.field || '_unique', one.field);
    END IF;
  END LOOP;

  FOR one IN SELECT * FROM (VALUES ('basicauth_credentials', 'consumer_id', 'consumers')) AS f (name, field, parent) LOOP
    EXECUTE format('ALTER TABLE %1$I DROP CONSTRAINT IF EXISTS %2$I, ADD CONSTRAINT %2$I FOREIGN KEY (%3$I, ws_id) REFERENCES %4$I (id, ws_id) ON DELETE CASCADE',
      one.name, one.name || '_' || one.field || '_fkey', one.field, one.parent);
  END LOOP;
END
$ws$;
