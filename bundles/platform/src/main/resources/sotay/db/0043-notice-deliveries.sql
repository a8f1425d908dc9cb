-- How far it was worked out who gets a notice by other channels: the last member, and whether it is done.
alter table notice add column spread_to varchar(36);
alter table notice add column spread boolean default false not null;
-- It does not hold any more: something took its place, or it was taken back. It stays for the log of those who got it.
alter table notice add column withdrawn_at bigint;

create index notice_spread on notice (spread, sent_at);
create index notice_sent on notice (sent_at);

-- By what each gets a notice who does not look: one row, with the channel that is tried now. The same batch is one message.
create table notice_delivery (
  notice varchar(36) not null,
  member varchar(36) not null,
  channel varchar(10) not null,
  state varchar(10) not null,
  batch varchar(36),
  attempts integer not null,
  next_at bigint not null,
  changed_at bigint not null,
-- who was not reached is told by somebody, on a day
  told_by varchar(36),
  told_on varchar(10),
  primary key (notice, member)
);
create index notice_delivery_next on notice_delivery (state, channel, next_at);
-- what goes out is marked by its batch: without, each would wait for the rows of all others
create index notice_delivery_batch on notice_delivery (batch);
create index notice_delivery_member on notice_delivery (member, changed_at);

-- What a member has chosen; who has chosen nothing has no row.
create table notice_preference (
  member varchar(36) not null primary key,
  mail_sealed varchar(600),
  channels varchar(60) not null,
  quiet_from varchar(5),
  quiet_to varchar(5),
  daily boolean not null,
  language varchar(5) not null,
  changed_at bigint not null
);
