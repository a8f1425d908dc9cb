-- A period is a month, 2026-09: it sorts as it stands. Amounts are whole đồng.

-- What a member pays dues of, from a month on, until the next declaration. The base is the wage, allowance or pension, pay what a
-- pensioner earns beside it; both are opened for the member alone, and for the leaders where the province says so.
create table dues_declaration (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  dues_class varchar(20) not null,
  from_period varchar(7) not null,
  base_sealed varchar(120),
  pay_sealed varchar(120),
  declared_at bigint not null,
  entered_by varchar(36),
  withdrawn boolean not null,
  version bigint not null
);
create index dues_declaration_member on dues_declaration (member, from_period);

-- What a member owes for a month: amount is what is due after exemptions; correction what came to it later, once something had been
-- paid. Due is their sum. full_amount is what it were without reduction (0 to 100 percent); rules are those used,
-- a line each, key, value, pack and citation between tabs.
create table dues_assessment (
  member varchar(36) not null,
  period varchar(7) not null,
  cell varchar(36) not null,
  amount bigint not null,
  correction bigint not null,
  full_amount bigint not null,
  reduction integer not null,
  dues_class varchar(20) not null,
  declaration varchar(36),
  exemption varchar(36),
  postponed boolean not null,
  rules varchar(4000) not null,
  assessed_at bigint not null,
  version bigint not null,
  primary key (member, period)
);
create index dues_assessment_cell on dues_assessment (cell, period);
create index dues_assessment_period on dues_assessment (period, member);

-- Each change of what is due after something had been paid: the sum of a month's lines is its correction.
create table dues_correction (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  period varchar(7) not null,
  amount bigint not null,
  declaration varchar(36),
  made_at bigint not null
);
create index dues_correction_member on dues_correction (member, period);

-- RELIEF takes percent off what is due; DEFERRAL lets a member who is far away pay late or ahead. Why (poverty, illness) is sealed.
create table dues_exemption (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  cell varchar(36) not null,
  kind varchar(20) not null,
  percent integer not null,
  from_period varchar(7) not null,
  to_period varchar(7) not null,
  state varchar(20) not null,
  ground_sealed varchar(120) not null,
  reason_sealed varchar(5400),
  applied_at bigint not null,
  entered_by varchar(36),
  decided_by_unit varchar(36) not null,
  decided_by varchar(36),
  decided_at bigint,
  message_sealed varchar(5400),
  rules varchar(4000) not null,
  version bigint not null
);
create index dues_exemption_member on dues_exemption (member, from_period);
create index dues_exemption_unit on dues_exemption (decided_by_unit, state);

-- In which months what somebody owes from before is paid off, as agreed with the cell.
create table dues_plan (
  id varchar(36) not null primary key,
  member varchar(36) not null,
  cell varchar(36) not null,
  agreed_at bigint not null,
  agreed_by varchar(36),
  ended boolean not null,
  version bigint not null
);
create index dues_plan_member on dues_plan (member);

create table dues_plan_line (
  plan varchar(36) not null,
  period varchar(7) not null,
  amount bigint not null,
  primary key (plan, period)
);

-- The months that were assessed for the whole province, and by which job.
create table dues_month (
  period varchar(7) not null primary key,
  job varchar(36) not null,
  begun_at bigint not null,
  ended_at bigint,
  members integer not null,
  missing integer not null,
  total bigint not null
);
