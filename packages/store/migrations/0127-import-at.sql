-- When a session's energy was read: other facts of it, or readings of its power alone, may be newer.
alter table voltway.session add column import_at bigint;
