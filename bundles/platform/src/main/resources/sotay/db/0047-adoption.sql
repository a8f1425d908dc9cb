-- How the use of the handbook was on one day of each week, of units above the cells: counts alone. What is there now does not tell it.
create table adoption_week (
  unit varchar(36) not null,
  -- signed-in, lately, or the name of what a module's members are asked to read
  rate varchar(60) not null,
  counted_on varchar(10) not null,
  part integer not null,
  whole integer not null,
  primary key (unit, rate, counted_on)
);
create index adoption_week_day on adoption_week (counted_on);
