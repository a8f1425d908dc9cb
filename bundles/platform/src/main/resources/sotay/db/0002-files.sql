-- Files by the hash of their content. A row stands here when all of its chunks do.
create table file (
  sha256 varchar(64) not null primary key,
  size bigint not null,
  type varchar(100) not null,
-- when it was last sent, held or let go: what nobody holds is cleared away some days after
  seen_at bigint not null
);
create index file_seen_at on file (seen_at);

-- 64 kB each, the last one shorter.
create table file_chunk (
  sha256 varchar(64) not null,
  part integer not null,
-- derby:  bytes blob(64k) not null,
-- postgresql:  bytes bytea not null,
  primary key (sha256, part)
);

-- Which thing holds a file, and who may read it for that.
create table file_holder (
  sha256 varchar(64) not null,
  holder varchar(40) not null,
  holder_id varchar(36) not null,
  audience varchar(50) not null,
  primary key (sha256, holder, holder_id, audience)
);
create index file_holder_thing on file_holder (holder, holder_id);

-- Who has sent a file, and may look at it until it is held.
create table file_upload (
  sha256 varchar(64) not null,
  account varchar(36) not null,
  uploaded_at bigint not null,
  primary key (sha256, account)
);
