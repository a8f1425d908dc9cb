-- Which platform took a module's jar in to the end: a start need not look at its tables again.
alter table deployed_module add column platform varchar(64);
