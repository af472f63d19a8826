UPDATE acls SET cache_key = cache_key || ws_id::text WHERE cache_key LIKE '%:';
