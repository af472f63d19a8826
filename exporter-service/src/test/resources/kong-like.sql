-- A schema with everything that Kong's has: a trigger function, jsonb, arrays, bytea, foreign keys, partial and expression indexes.
CREATE FUNCTION sync_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP = 'DELETE') THEN
    DELETE FROM tags WHERE entity_id = OLD.id;
    RETURN OLD;
  END IF;
  INSERT INTO tags VALUES (NEW.id, TG_TABLE_NAME, NEW.tags)
    ON CONFLICT (entity_id) DO UPDATE SET tags = EXCLUDED.tags;
  RETURN NEW;
END;
$$;
CREATE TABLE tags (entity_id uuid PRIMARY KEY, entity_name text, tags text[]);
CREATE TABLE workspaces (
  id uuid PRIMARY KEY, name text UNIQUE, config jsonb,
  created_at timestamp with time zone DEFAULT (CURRENT_TIMESTAMP(0) AT TIME ZONE 'UTC'::text));
CREATE TABLE consumers (
  id uuid PRIMARY KEY, username text, custom_id text, tags text[], ws_id uuid REFERENCES workspaces (id),
  created_at timestamp with time zone, "group" text, photo bytea, ratio double precision, "Odd ""Name""" integer DEFAULT 7,
  CONSTRAINT consumers_ws_id_username_unique UNIQUE (ws_id, username), CONSTRAINT odd CHECK ("Odd ""Name""" < 1000000));
CREATE TABLE plugins (
  id uuid PRIMARY KEY, name text NOT NULL, consumer_id uuid REFERENCES consumers (id) ON DELETE CASCADE,
  config jsonb NOT NULL, enabled boolean NOT NULL, cache_key text COLLATE "C" UNIQUE, tags text[]);
CREATE TABLE schema_meta (
  key text, subsystem text, last_executed text, executed text[], pending text[], PRIMARY KEY (key, subsystem));
CREATE TABLE locks (key text PRIMARY KEY, owner text, ttl timestamp with time zone);
CREATE INDEX locks_ttl_idx ON locks (ttl);
CREATE INDEX consumers_username_idx ON consumers (lower(username)) WHERE username IS NOT NULL;
CREATE INDEX consumers_tags_idx ON consumers USING gin (tags);
CREATE TRIGGER consumers_sync_tags_trigger AFTER INSERT OR UPDATE OF tags OR DELETE ON consumers
  FOR EACH ROW EXECUTE PROCEDURE sync_tags();
INSERT INTO workspaces VALUES ('00000000-0000-0000-0000-000000000001', 'default', '{"a": [1, 2.5, null, "\u00fc"]}', '2020-01-01 00:00:00+00');
INSERT INTO consumers
  SELECT md5(i::text)::uuid, CASE WHEN i % 7 = 0 THEN NULL ELSE 'user-' || i || E'\t\\ \n\u00e4\u20ac\U0001F600' END, '', ARRAY['a', 'b,"c', NULL, ''],
    '00000000-0000-0000-0000-000000000001', '2020-02-29 23:59:59.123456+05:30'::timestamptz + i * interval '1 hour', '\N',
    decode(md5(i::text), 'hex'), 1.0 / (i + 1), i FROM generate_series(1, 500) i;
INSERT INTO plugins
  SELECT md5('p' || i)::uuid, 'key-auth', md5(i::text)::uuid, jsonb_build_object('key_names', jsonb_build_array('apikey', i), 'deep', '{"x": {"y": "\\ \" \u0001"}}'::jsonb),
    i % 2 = 0, 'plugins:' || i, NULL FROM generate_series(1, 300) i;
INSERT INTO schema_meta VALUES ('schema_meta', 'core', '009', '{000_base,003_100_to_110,009_200_to_210}', NULL), ('schema_meta', 'acl', '004', '{}', '{x}');
