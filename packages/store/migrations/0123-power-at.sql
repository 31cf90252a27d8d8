-- When a session's power was measured: other facts of it may be newer.
alter table voltway.session add column power_at bigint;
