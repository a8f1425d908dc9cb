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

-- One row. The generation changes when a backup is restored, since clients may know of numbers that were given out after it.
create table feed_state (
  generation varchar(36) not null primary key,
  high bigint not null,
  purged bigint not null
);
