-- The organisation tree as it stands now. Modules may join id and path; the rest is the platform's own.
create table unit (
  id varchar(36) not null primary key,
  parent varchar(36),
  kind varchar(40) not null,
  code varchar(20) not null,
  name varchar(200) not null,
  path varchar(700) not null,
  version bigint not null,
  changed_at bigint not null,
  constraint unit_code unique (code),
  constraint unit_parent foreign key (parent) references unit (id)
);
create index unit_path on unit (path, id);

-- What each unit was, from when to when; the row without an end is what it is.
create table unit_history (
  unit varchar(36) not null,
  version bigint not null,
  from_at bigint not null,
  to_at bigint,
  parent varchar(36),
  kind varchar(40) not null,
  code varchar(20) not null,
  name varchar(200) not null,
  primary key (unit, version)
);
