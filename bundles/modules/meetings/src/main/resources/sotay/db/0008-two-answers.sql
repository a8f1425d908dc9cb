-- What a member had answered on another phone, and gave way to what came later: kept until the member has chosen.
alter table meeting_answer add column other_answer varchar(20);
alter table meeting_answer add column other_reason_sealed varchar(120);
alter table meeting_answer add column other_message_sealed varchar(5400);
alter table meeting_answer add column other_at bigint;
alter table meeting_answer add column other_by varchar(36);
