-- V0113: customers are found by e-mail. As it was written it would be compared with case, and row-level security keeps lower(email) out
-- of indexes: so it has a key. V0114 gives one to whoever is there, V0115 validates the rule, V0116 builds the index.
set local lock_timeout = '5s';

alter table customer add column email_key text;              -- normalised (NFC), without case; null without an e-mail, so of the erased
alter table customer
    add constraint customer_email_has_key check ((email is null) = (email_key is null)) not valid;
