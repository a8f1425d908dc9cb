-- the modules that were put in: the jar that worked last, and who stopped it
create table deployed_module (
  id varchar(40) not null primary key,
  file varchar(255) not null,
  version varchar(40),
  sha256 varchar(64),
  changed_at bigint not null,
  stopped_by varchar(36),
  stopped_at bigint
);
