-- statements of banks that were sent, and what came by them; the memo names people and is sealed
create table dues_statement (
    id varchar(36) not null,
    unit varchar(36) not null,
    name varchar(200) not null,
    sent_by varchar(36) not null,
    sent_at bigint not null,
    transfers integer not null,
    added integer not null,
    primary key (id)
);

create table dues_transfer (
    id varchar(36) not null,
    statement varchar(36) not null,
    unit varchar(36) not null,
    reference varchar(100) not null,
    value_day varchar(10) not null,
    amount bigint not null,
    memo_sealed varchar(2000),
    codes varchar(200) not null,
    outcome varchar(10) not null,
    state varchar(10) not null,
    decided_by varchar(36),
    decided_at bigint,
    version bigint not null,
    primary key (id)
);
create index dues_transfer_unit on dues_transfer (unit, state, value_day, id);
