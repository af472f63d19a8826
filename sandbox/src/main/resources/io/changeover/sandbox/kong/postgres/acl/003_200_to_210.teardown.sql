UPDATE acls SET cache_key = cache_key || ws_id::text WHERE cache_key LIKE '%:';
ALTER TABLE acls ALTER COLUMN ws_id DROP DEFAULT;
UPDATE plugins
   SET config = (config - 'whitelist' - 'blacklist')
       || jsonb_build_object('allow', config -> 'whitelist', 'deny', config -> 'blacklist')
 WHERE name = 'acl' AND (config ? 'whitelist' OR config ? 'blacklist');
