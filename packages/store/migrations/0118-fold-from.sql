-- A fold of a session that this process folded before reads only what was said from the earliest new fact on. `folds` counts a
-- session's folds, so that whoever remembers its facts knows whether somebody else has folded it meanwhile.
alter table voltway.projection_due add column from_at bigint not null default -8640000000000000;
alter table voltway.session add column folds integer not null default 0;
