-- How what is owed from before is paid off: agreed on a day, for these months, in one instalment a month. Whether it is kept is not written
-- down: it follows from what is paid.
alter table dues_plan add column agreed_on varchar(10);
alter table dues_plan add column periods varchar(600);
alter table dues_plan add column reason varchar(200);
alter table dues_plan add column ended_at bigint;
alter table dues_plan_line add column member varchar(36);
alter table dues_plan_line add column day varchar(10);
