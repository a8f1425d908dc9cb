-- What is assessed and paid of each cell in a month: kept beside both, so that a province is counted at once.
create table dues_month_sum (
    cell varchar(36) not null,
    period varchar(7) not null,
    assessed integer not null,
    exempt integer not null,
    reduced integer not null,
    due bigint not null,
    paid bigint not null,
    unpaid integer not null,
    primary key (cell, period)
);
create index dues_month_sum_period on dues_month_sum (period);
insert into dues_month_sum (cell, period, assessed, exempt, reduced, due, paid, unpaid)
    select a.cell, a.period, count(*),
        sum(case when a.amount + a.correction = 0 and a.reduction = 100 then 1 else 0 end),
        sum(case when a.reduction > 0 and a.reduction < 100 then 1 else 0 end),
        sum(a.amount + a.correction), sum(coalesce(p.paid, 0)),
        sum(case when a.amount + a.correction > coalesce(p.paid, 0) then 1 else 0 end)
    from dues_assessment a
    left join (select member, period, sum(amount) as paid from dues_payment_line group by member, period) p
        on p.member = a.member and p.period = a.period
    where a.rules <> ''
    group by a.cell, a.period;
