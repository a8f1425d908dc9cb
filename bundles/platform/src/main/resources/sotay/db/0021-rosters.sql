-- The file of an import while its columns are not confirmed and read.
create table import_file (
  job varchar(36) not null,
  part integer not null,
-- derby:  bytes blob(1m) not null,
-- postgresql:  bytes bytea not null,
  primary key (job, part)
);

-- The rows that an import has taken or refused; once applied, with what stood there before, to be put back.
create table import_row (
  job varchar(36) not null,
  line integer not null,
  state varchar(8) not null,
  member varchar(36),
  member_version bigint,
  entry varchar(2000),
  findings varchar(4000) not null,
-- derby:  image clob,
-- postgresql:  image text,
  primary key (job, line)
);
