-- What a unit passed on to the one above it: what had come in since the time before, what it kept of that, what it passed on.
create table dues_remittance (
    id varchar(36) not null,
    unit varchar(36) not null,
    superior varchar(36),
    level varchar(10) not null,
    day varchar(10) not null,
    received bigint not null,
    kept bigint not null,
    amount bigint not null,
    kept_percent varchar(10) not null,
    citation varchar(500) not null,
    reference varchar(60),
    state varchar(12) not null,
    made_by varchar(36),
    made_at bigint not null,
    acknowledged_by varchar(36),
    acknowledged_at bigint,
    version bigint not null,
    primary key (id)
);
create index dues_remittance_unit on dues_remittance (unit, day);
create index dues_remittance_superior on dues_remittance (superior, state);
create index dues_remittance_day on dues_remittance (day);

-- who passes on for a unit locks its row: two at once would pass on the same money
create table dues_purse (
    unit varchar(36) not null,
    version bigint not null,
    primary key (unit)
);

-- What each unit took in a month, by the days of its books: the sum of its payments, kept beside them so that a province is added up at once.
create table dues_collected (
    unit varchar(36) not null,
    period varchar(7) not null,
    amount bigint not null,
    primary key (unit, period)
);
create index dues_collected_period on dues_collected (period);
insert into dues_collected (unit, period, amount)
    select unit, period, sum(amount) from (select unit, substr(booked_on, 1, 7) as period, amount from dues_payment) paid
    group by unit, period;
