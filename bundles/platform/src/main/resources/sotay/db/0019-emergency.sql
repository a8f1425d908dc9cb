-- Administrators who had to read members' content for a day, and why. The id is that of the mandate by which they did.
create table emergency (
  id varchar(36) not null primary key,
  account varchar(36) not null,
  unit varchar(36) not null,
  reason varchar(2000) not null,
  taken_at bigint not null,
  last_day varchar(10) not null,
  seen_by varchar(36),
  seen_at bigint
);
create index emergency_taken on emergency (taken_at);
