-- A browser that is to be told while the handbook is closed. It goes with the device that stays with its owner, or else with the session,
-- however these end: nothing is sent to a phone that was taken away.
create table push_subscription (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  device varchar(36),
  session_hash varchar(64),
-- SHA-256 of its address, which is as good as random: a browser has one, whoever is signed in there
  endpoint_hash varchar(64) not null,
  subscription_sealed varchar(6000) not null,
  made_at bigint not null,
  constraint push_subscription_endpoint unique (endpoint_hash),
  constraint push_subscription_device foreign key (device) references device (id) on delete cascade,
  constraint push_subscription_session foreign key (session_hash) references session_token (hash) on delete cascade
);
create index push_subscription_member on push_subscription (member);
create index push_subscription_of_device on push_subscription (device);
create index push_subscription_of_session on push_subscription (session_hash);
