-- Long work: what it is at stands here, so that it goes on after a restart.
create table job (
  id varchar(36) not null primary key,
  kind varchar(40) not null,
  unit varchar(36) not null,
  account varchar(36) not null,
  state varchar(12) not null,
-- what it is to become as soon as the worker looks: it was cancelled in the middle of its work
  asked varchar(12),
  failed_in varchar(12),
  progress integer not null,
-- derby:  data clob not null,
-- postgresql:  data text not null,
-- derby:  result clob,
-- postgresql:  result text,
  started_at bigint not null,
  changed_at bigint not null
);
create index job_account on job (account, started_at);
create index job_state on job (state, started_at);
