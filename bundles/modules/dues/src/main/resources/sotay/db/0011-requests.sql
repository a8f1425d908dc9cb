-- to which bank account a unit's dues go
create table dues_account (
    unit varchar(36) not null,
    bin varchar(6) not null,
    number varchar(19) not null,
    holder varchar(100) not null,
    version bigint not null,
    primary key (unit)
);

-- what a member is asked for with a QR code: the code is in the memo of the transfer
create table dues_request (
    id varchar(36) not null,
    member varchar(36) not null,
    account varchar(36) not null,
    code varchar(6) not null,
    memo varchar(25) not null,
    periods varchar(600),
    amount bigint not null,
    bin varchar(6) not null,
    number varchar(19) not null,
    holder varchar(100) not null,
    made_at bigint not null,
    settled_by varchar(36),
    version bigint not null,
    primary key (id),
    unique (code)
);
create index dues_request_member on dues_request (member, made_at);
