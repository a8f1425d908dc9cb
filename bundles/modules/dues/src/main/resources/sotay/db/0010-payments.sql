-- What was paid. A payment is written once: what is wrong is taken back by another one, which names it.
create table dues_payment (
    id varchar(36) not null,
    member varchar(36) not null,
    unit varchar(36) not null,
    amount bigint not null,
    day varchar(10) not null,
    channel varchar(10) not null,
    reference varchar(60),
    periods varchar(600),
    rest varchar(10) not null,
    extra bigint not null,
    ahead bigint not null,
    book varchar(36) not null,
    series varchar(4) not null,
    own_number boolean not null,
    number_year integer not null,
    number integer not null,
    booked_on varchar(10) not null,
    reverses varchar(36),
    reason varchar(200),
    recorded_by varchar(36),
    recorded_at bigint not null,
    primary key (id),
    unique (book, number_year, number),
    unique (reverses)
);
create index dues_payment_member on dues_payment (member, day);
create index dues_payment_unit on dues_payment (unit, booked_on);
create index dues_payment_booked on dues_payment (book, booked_on);

-- which months a payment settles; the opposite of it when it is taken back
create table dues_payment_line (
    payment varchar(36) not null,
    period varchar(7) not null,
    member varchar(36) not null,
    amount bigint not null,
    primary key (payment, period)
);
create index dues_payment_line_member on dues_payment_line (member, period);

-- A cash book: one of the unit's own, one for what comes by bank, one for each device that numbers receipts without a network.
create table dues_book (
    id varchar(36) not null,
    unit varchar(36) not null,
    kind varchar(10) not null,
    series varchar(4) not null,
    holder varchar(36),
    secret_sealed varchar(200) not null,
    closed_to varchar(10),
    opened_at bigint not null,
    version bigint not null,
    primary key (id),
    unique (unit, series)
);

-- the last number of a book in a year
create table dues_book_number (
    book varchar(36) not null,
    number_year integer not null,
    last_number integer not null,
    primary key (book, number_year)
);

-- a day that one counts and another confirms
create table dues_closing (
    book varchar(36) not null,
    day varchar(10) not null,
    expected bigint not null,
    counted bigint not null,
    note varchar(200),
    counted_by varchar(36) not null,
    counted_at bigint not null,
    confirmed_by varchar(36),
    confirmed_at bigint,
    version bigint not null,
    primary key (book, day)
);
