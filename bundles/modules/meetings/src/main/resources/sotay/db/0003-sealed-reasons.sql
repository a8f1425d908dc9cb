-- Why somebody is absent, and what was written about it, is sealed from here on. reason, message and decision_message are emptied once
-- what stands in them is sealed; a later release takes them away. A message of 1,000 signs has 4,000 bytes at most.
alter table meeting_answer add column reason_sealed varchar(120);
alter table meeting_answer add column message_sealed varchar(5400);
alter table meeting_answer add column decision_message_sealed varchar(5400);
alter table meeting_attendance add column reason_sealed varchar(120);
