-- A text's column holds twice as many characters as the API allows: the embedded database counts UTF-16 units.
create table news (
  id varchar(36) not null primary key,
  unit varchar(36) not null,
  -- whom it is for: members, leaders or officers of a unit and all below it
  target_unit varchar(36) not null,
  target_group varchar(20) not null,
  title varchar(400) not null,
  lead_text varchar(1000) not null,
  body varchar(32000) not null,
  urgent boolean not null,
  asks varchar(20),
  publish_at bigint,
  -- as the editor has written it; null: the rule says
  expires_at bigint,
  -- when what is published is over
  ends_at bigint,
  -- by whom it was passed on; null for what was written here
  origin varchar(400),
  state varchar(20) not null,
  published_at bigint,
  -- of the last step or change: the order of lists
  sort_at bigint not null,
  changed_by varchar(36) not null,
  edition integer,
  version bigint not null,
  deleted boolean not null
);
create index news_order on news (state, sort_at, id);
create index news_publish_at on news (state, publish_at);
create index news_ends_at on news (state, ends_at);

create table news_picture (
  news varchar(36) not null,
  position integer not null,
  file varchar(64) not null,
  alt varchar(600) not null,
  width integer not null,
  height integer not null,
  size bigint not null,
  primary key (news, position)
);

-- pictures that were taken and stand in no news yet
create table news_picture_file (
  file varchar(64) not null primary key,
  width integer not null,
  height integer not null,
  size bigint not null,
  made_at bigint not null
);
create index news_picture_file_made on news_picture_file (made_at);

-- each edition as it was published; pictures as lines
create table news_edition (
  news varchar(36) not null,
  edition integer not null,
  published_at bigint not null,
  target_unit varchar(36) not null,
  target_group varchar(20) not null,
  title varchar(400) not null,
  lead_text varchar(1000) not null,
  body varchar(32000) not null,
  pictures varchar(10000) not null,
  primary key (news, edition)
);

-- who has read which edition, where that was asked for
create table news_receipt (
  news varchar(36) not null,
  member varchar(36) not null,
  edition integer not null,
  received_at bigint not null,
  primary key (news, member)
);
create index news_receipt_member on news_receipt (member);

-- the address by which a member's programme reads the feed: the hash of what is in it
create table news_subscription (
  member varchar(36) not null primary key,
  token_hash varchar(64) not null,
  made_at bigint not null
);
create unique index news_subscription_token on news_subscription (token_hash);
