-- Which process the database was taken by last. One that lost it for a while sees here whether another has had it.
create table feed_owner (
  owner varchar(36) not null primary key
);
insert into feed_owner (owner) values ('nobody');
