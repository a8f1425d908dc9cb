-- Members of which age it is for, as the editor has written it; null for any.
alter table news add column ages_from integer;
alter table news add column ages_to integer;
-- when these are born, by the day of publication; null for any, and for what is not published
alter table news add column born_from varchar(10);
alter table news add column born_to varchar(10);
alter table news_edition add column ages_from integer;
alter table news_edition add column ages_to integer;
