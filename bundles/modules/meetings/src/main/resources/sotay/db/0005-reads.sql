-- When a member first opened the page of a meeting: who has not is told of it by another way.
create table meeting_read (
  meeting varchar(36) not null,
  member varchar(36) not null,
  read_at bigint not null,
  primary key (meeting, member)
);
create index meeting_read_member on meeting_read (member);
