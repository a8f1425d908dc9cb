-- Of which month the members of a cell were reminded: once.
create table dues_reminder (
    cell varchar(36) not null,
    period varchar(7) not null,
    reminded_at bigint not null,
    primary key (cell, period)
);
create index dues_plan_line_day on dues_plan_line (day);
