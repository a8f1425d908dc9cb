-- What clients follow: the newest state of each thing, once for each audience.
create table change_feed (
  type varchar(40) not null,
  id varchar(36) not null,
  audience varchar(50) not null,
  seq bigint not null,
  version bigint not null,
  changed_at bigint not null,
  deleted boolean not null,
-- derby:  data clob,
-- postgresql:  data text,
-- the id first: things are looked up by many ids at once, which Derby does by the index for its first column alone
  primary key (id, type, audience)
);
create index change_feed_audience on change_feed (audience, seq);
create index change_feed_seq on change_feed (seq);

-- One row. The generation changes when a backup is restored, since clients may know of numbers that were given out after it. high is
-- a number that was given out, and is kept when the rows that bore it are purged.
create table feed_state (
  generation varchar(36) not null primary key,
  high bigint not null
);

-- The highest number of a tombstone that was purged: who has read an audience less far may have missed it.
create table feed_purged (
  audience varchar(50) not null primary key,
  seq bigint not null
);
