-- Whom to call in the member's house, or how else it is reached: for the list of those to be told in person.
alter table notice_preference add column reached_sealed varchar(1000);
-- What has not gone out when it was stopped does not go out. Its rows stay until they are due, since there may be as many as members.
alter table notice add column stopped_at bigint;
