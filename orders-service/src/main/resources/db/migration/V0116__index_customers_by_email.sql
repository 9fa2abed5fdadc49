-- V0116: an e-mail is not verified, so several customers may have it: they are read in the order of their making.
-- Built while others write. An attempt that failed leaves an index that is not valid: away with it first.
drop index concurrently if exists customer_of_email;
create index concurrently customer_of_email on customer (tenant, email_key, id) where email_key is not null;
