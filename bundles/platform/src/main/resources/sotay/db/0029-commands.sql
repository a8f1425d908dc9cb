-- What phones write without a network they send later, numbered: each number is settled once and in order. A row for each outbox, with
-- the highest number that is settled; set in the transaction of what the command writes.
create table command_device (
  account varchar(36) not null,
  device varchar(36) not null,
  done bigint not null,
  used_at bigint not null,
  primary key (account, device)
);

-- What was answered to the last ones, for a phone that did not hear it. What it says is sealed, as in what was written.
create table command_reply (
  account varchar(36) not null,
  device varchar(36) not null,
  seq bigint not null,
  status integer not null,
  etag varchar(200),
  media_type varchar(100),
-- derby:  body_sealed clob,
-- postgresql:  body_sealed text,
  kept_at bigint not null,
  primary key (account, device, seq)
);
create index command_reply_kept on command_reply (kept_at);
