-- By which session a thing was done, and of which unit it was then. Rows from before know neither, and their seals hold.
alter table audit add column session_id varchar(36);
alter table audit add column unit varchar(36);

-- Sessions by the id that the trail has of them, which is of no use to sign in. They are here as long as the trail is, since it is
-- after a phone was lost and signed out that one asks what was done by it.
create table audit_session (
  id varchar(36) not null primary key,
  account varchar(36) not null,
-- of its browser, empty if it is not known
  name varchar(60) not null,
-- the phone or computer that stays with its owner; null if it does not
  device varchar(36),
  begun_at bigint not null,
-- to the hour
  used_at bigint not null
);
create index audit_session_account on audit_session (account);
create index audit_session_device on audit_session (device);
create index audit_session_used on audit_session (used_at);

-- Which seals have rows of a unit: written when they are sealed, so that no write pays for an index. back is less than nothing by the
-- number of the seal: the newest is first, and Derby walks no index backwards.
create table audit_unit (
  unit varchar(36) not null,
  back bigint not null,
  constraint audit_unit_key primary key (unit, back)
);

-- What a job does is done by the session that has started it.
alter table job add column session_id varchar(36);
