-- The planner's tables. Two rows are written per input: `state` (updated in place) and `journal`
-- (appended). No secret is ever in any of them.

-- A lane is a fixed slice of all clusters (hash of the cluster's name, independent of Kafka's
-- partitions). Whoever writes an upgrade holds its lane's row: one writer per lane at a time, and
-- the journal's positions of a lane are gapless and in commit order.
CREATE TABLE lane (
  lane integer PRIMARY KEY,
  next_position bigint NOT NULL DEFAULT 1
);

-- What of a lane's journal is on Kafka. The row is the relay's lock.
CREATE TABLE relay (
  lane integer PRIMARY KEY,
  published bigint NOT NULL DEFAULT 0
);

INSERT INTO lane (lane) SELECT generate_series(0, 15);
INSERT INTO relay (lane) SELECT generate_series(0, 15);

-- The next offset to take of each partition, written in the transaction that took the one before:
-- the truth about what was consumed. The topic's id, not its name: a recreated topic starts anew.
CREATE TABLE consumed (
  topic uuid NOT NULL,
  partition integer NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

-- Requests that were taken, by the sender's id.
CREATE TABLE inbox (
  cluster text NOT NULL,
  id text NOT NULL,
  digest bytea NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cluster, id)
);

-- One row per upgrade. `due` is no later than the state's own earliest deadline: it moves only when
-- that comes closer, so that most updates touch no index.
CREATE TABLE state (
  id text PRIMARY KEY,
  cluster text NOT NULL,
  lane integer NOT NULL,
  version bigint NOT NULL,
  stage text NOT NULL,
  counted boolean NOT NULL,
  ended boolean NOT NULL,
  due timestamptz,
  started_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  quarantine text,
  hash bytea NOT NULL,
  data bytea NOT NULL
) WITH (fillfactor = 50, toast_tuple_target = 8160,
        autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE state ALTER data SET STORAGE EXTERNAL;

CREATE UNIQUE INDEX state_running ON state (cluster) WHERE NOT ended;
CREATE INDEX state_cluster ON state (cluster, started_at);
CREATE INDEX state_due ON state (due) WHERE due IS NOT NULL;
CREATE INDEX state_counted ON state (lane) WHERE counted;
CREATE INDEX state_queued ON state (started_at) WHERE stage = 'queued';

-- The journal; a row is also the outbox: `outbox` holds the commands that the entry decided.
CREATE TABLE journal (
  lane integer NOT NULL,
  position bigint NOT NULL,
  upgrade text NOT NULL,
  seq bigint NOT NULL,
  cluster text NOT NULL,
  at timestamptz NOT NULL,
  data bytea NOT NULL,
  outbox bytea NOT NULL,
  PRIMARY KEY (lane, position),
  CONSTRAINT journal_seq UNIQUE (upgrade, seq)
) WITH (toast_tuple_target = 8160);
ALTER TABLE journal ALTER data SET STORAGE EXTERNAL;
ALTER TABLE journal ALTER outbox SET STORAGE EXTERNAL;
