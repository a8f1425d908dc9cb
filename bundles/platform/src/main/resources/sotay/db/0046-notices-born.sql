-- When those of the audience are born whom it is for; null for all of them.
alter table notice add column born_from varchar(10);
alter table notice add column born_to varchar(10);
