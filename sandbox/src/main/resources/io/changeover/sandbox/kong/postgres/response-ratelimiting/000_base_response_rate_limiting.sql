CREATE TABLE IF NOT EXISTS response_ratelimiting_metrics (
  identifier text NOT NULL,
  period text NOT NULL,
  period_date timestamp with time zone NOT NULL,
  service_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  route_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  value integer,
  PRIMARY KEY (identifier, period, period_date, service_id, route_id)
);
