-- What was told of the sessions that go on is asked for all of them at once.
create index on voltway.notification (tenant_id, session_id) where session_id is not null;
