-- V0114: keys for the e-mails that were there before V0113, 1,000 at a time: each commits, so nobody waits for more than that. May be
-- run again after it broke off. The letters are those of Unicode, as in the code, whatever the database's own locale.
do $$
begin
    loop
        update customer
           set email_key = lower(normalize(email, nfc) collate "pg_c_utf8")
         where (tenant, id) in (select tenant, id
                                  from customer
                                 where email is not null
                                   and email_key is null
                                 order by tenant, id
                                 limit 1000
                                   for no key update);
        exit when not found;
        commit;
    end loop;
end
$$;
