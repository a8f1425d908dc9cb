-- What of the demo was made: the province itself (platform) and what each module has to show. Empty in a real province.
create table demo_done (
  module varchar(40) not null primary key,
  extent varchar(10) not null,
-- the day on which its people are made up: begun on one day, it is finished as of that day
  made_on varchar(10) not null,
  finished boolean not null
);
