-- As observed: run a second time (up -f, finish -f), this empties what the first run filled.
UPDATE plugins
   SET config = (config - 'whitelist' - 'blacklist')
       || jsonb_build_object('allow', config -> 'whitelist', 'deny', config -> 'blacklist')
 WHERE name = 'ip-restriction';
