-- What people are told: one row, whoever many they are. The values of its texts are sealed.
create table notice (
  id varchar(36) not null primary key,
  module varchar(60) not null,
  audience varchar(50) not null,
-- the one whom it is for, if it is for one
  member varchar(36),
-- whose members or leaders it is for, or the cell of the one whom it is for
  unit varchar(36),
  template varchar(60) not null,
  data_sealed varchar(16000) not null,
  link varchar(300) not null,
  urgency varchar(10) not null,
  about varchar(100),
  sent_at bigint not null,
  version bigint not null
);
create index notice_audience on notice (audience, sent_at);
create index notice_about on notice (about, audience);
create index notice_member on notice (member);

-- Up to which time somebody has looked at them.
create table notice_seen (
  account varchar(36) not null primary key,
  seen_until bigint not null
);
