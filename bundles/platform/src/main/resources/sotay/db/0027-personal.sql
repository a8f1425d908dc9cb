-- Which columns of which table tell of people, as the bundles declare it: a person is deleted everywhere, also from the tables of a module
-- that is stopped, or whose jar was taken away. A row stays as long as its table is there.
create table personal_table (
  table_name varchar(60) not null primary key,
  module varchar(40) not null,
-- derby:  declared clob not null
-- postgresql:  declared text not null
);

-- Members whose data are deleted on a day, or were. No names: what is left of somebody is that he was deleted, by whom and when.
create table erasure (
  member varchar(36) not null primary key,
  cell varchar(36) not null,
  reason varchar(20) not null,
-- null for the nightly job
  asked_by varchar(36),
  asked_at bigint not null,
-- the first day on which it is done
  due_on varchar(10) not null,
  stopped_by varchar(36),
  stopped_at bigint,
  done_at bigint
);
create index erasure_due on erasure (done_at, stopped_at, due_on);
create index erasure_cell on erasure (cell);
