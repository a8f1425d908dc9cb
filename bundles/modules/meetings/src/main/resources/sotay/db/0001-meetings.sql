-- A text's column holds twice as many characters as the API allows: the embedded database counts UTF-16 units.
create table meeting (
  id varchar(36) not null primary key,
  cell varchar(36) not null,
  kind varchar(20) not null,
  starts_at bigint not null,
  place varchar(400) not null,
  title varchar(400) not null,
  documents_due varchar(10) not null,
  version bigint not null,
  deleted boolean not null
);
create index meeting_cell on meeting (cell, starts_at);
create index meeting_starts on meeting (starts_at, id);

create table meeting_item (
  meeting varchar(36) not null,
  id varchar(36) not null,
  position integer not null,
  title varchar(1000) not null,
  primary key (meeting, id)
);

create table meeting_document (
  meeting varchar(36) not null,
  item varchar(36) not null,
  position integer not null,
  file varchar(64) not null,
  name varchar(400) not null,
  type varchar(200) not null,
  size bigint not null,
  posted_at bigint not null,
  late boolean not null,
  rule varchar(1000) not null,
  primary key (meeting, item, position)
);

-- Only what a leader does; the other states follow from what the meeting has.
create table meeting_step (
  meeting varchar(36) not null,
  state varchar(20) not null,
  reached_at bigint not null,
  account varchar(36) not null,
  late boolean not null,
  rule varchar(1000),
  primary key (meeting, state)
);

create table meeting_answer (
  meeting varchar(36) not null,
  member varchar(36) not null,
  answer varchar(20) not null,
  reason varchar(20),
  message varchar(2000),
  answered_at bigint not null,
  late boolean not null,
  recorded_by varchar(36),
  accepted boolean,
  decision_message varchar(2000),
  decided_at bigint,
  decided_by varchar(36),
  version bigint not null,
  primary key (meeting, member)
);

create table meeting_opinion (
  id varchar(36) not null primary key,
  meeting varchar(36) not null,
  item varchar(36) not null,
  member varchar(36) not null,
  member_name varchar(400) not null,
  stance varchar(20) not null,
  text varchar(8000),
  written_at bigint not null,
  withdrawn boolean not null,
  version bigint not null
);
create index meeting_opinion_item on meeting_opinion (meeting, item, written_at);

create table meeting_attendance (
  meeting varchar(36) not null,
  member varchar(36) not null,
  present boolean not null,
  reason varchar(20),
  recorded_at bigint not null,
  version bigint not null,
  primary key (meeting, member)
);

create table meeting_minutes (
  meeting varchar(36) not null primary key,
-- derby:  text clob not null,
-- postgresql:  text text not null,
  written_at bigint not null,
  written_by varchar(36) not null,
  version bigint not null
);
