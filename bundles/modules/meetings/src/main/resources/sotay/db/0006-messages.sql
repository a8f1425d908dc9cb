-- What a member tells the leaders beside a meeting, also after it was closed: sent once, never changed. A text of 5,000 signs has 20,000
-- bytes at most.
create table meeting_message (
  id varchar(36) not null primary key,
  meeting varchar(36) not null,
  member varchar(36) not null,
  about varchar(1200),
  text_sealed varchar(27000) not null,
  written_at bigint,
  sent_at bigint not null,
  seen_at bigint,
  version bigint not null
);
create index meeting_message_meeting on meeting_message (meeting, id);
create index meeting_message_member on meeting_message (member);
