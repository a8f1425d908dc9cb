-- What each member is today.
create table member (
  id varchar(36) not null primary key,
  name varchar(100) not null,
-- the name without marks, in order and with the given name first: for search and lists
  folded varchar(200) not null,
  sort_name varchar(200) not null,
  birth_date varchar(10),
  birth_year integer,
  gender varchar(10),
  card varchar(20),
-- the card while the member is active, so that no two active members have one number
  active_card varchar(20),
  admitted_on varchar(10),
  official_on varchar(10),
  status varchar(20) not null,
  cell varchar(36) not null,
  phone varchar(20),
  version bigint not null,
  changed_at bigint not null,
  constraint member_active_card unique (active_card),
  constraint member_in_cell foreign key (cell) references unit (id)
);
create index member_cell_name on member (cell, sort_name, id);
create index member_name on member (sort_name, id);
create index member_card on member (card);
create index member_born on member (birth_date, folded);

-- The words of each folded name: any of them may be searched by its beginning.
create table member_word (
  word varchar(100) not null,
  member varchar(36) not null,
  primary key (word, member)
);
create index member_word_member on member_word (member, word);

-- What each member was on a day; the row without an end is what the member is.
create table member_status (
  member varchar(36) not null,
  from_day varchar(10) not null,
  to_day varchar(10),
  status varchar(20) not null,
  primary key (member, from_day)
);

-- The cell to which each member belonged on a day.
create table member_cell (
  member varchar(36) not null,
  from_day varchar(10) not null,
  to_day varchar(10),
  cell varchar(36) not null,
  primary key (member, from_day)
);
