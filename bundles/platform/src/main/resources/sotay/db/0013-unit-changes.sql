-- A closed unit stands below the unit that took it over, so that whoever reaches that one reaches what was written in it. parent is its
-- successor, and follows when that one is closed as well; its own code stays taken.
alter table unit add column closed_at bigint;
create index unit_below on unit (parent, closed_at);

-- Why, by whom and from which day on; the unit that another one was split from.
alter table unit_history add column cause varchar(10);
alter table unit_history add column account varchar(36);
alter table unit_history add column counts_from varchar(10);
alter table unit_history add column origin varchar(36);
create index unit_history_parent on unit_history (parent, cause);

-- What was answered to a move, a merge or a split, so that the same request again is answered the same. No names of people.
create table unit_change (
  id varchar(36) not null primary key,
  unit varchar(36) not null,
-- a hash of what was asked for
  request varchar(36) not null,
  account varchar(36) not null,
  made_at bigint not null,
-- derby:  outcome clob not null
-- postgresql:  outcome text not null
);
create index unit_change_request on unit_change (unit, request);

-- Files are addressed anew by whom they are for.
create index file_holder_audience on file_holder (audience);
