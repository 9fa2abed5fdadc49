-- V0118: V0114 kept some letters apart that differ by case alone, such as a sigma at the end of a word. Now each letter is made a capital
-- and then small, for itself: what Email.key does too. 1,000 customers at a time, from where the round before ended; each round commits.
-- May be run again after it broke off.
do $$
declare
    from_tenant text := '';
    from_id     uuid := '00000000-0000-0000-0000-000000000000';
    to_tenant   text;
    to_id       uuid;
begin
    loop
        select tenant, id
          into to_tenant, to_id
          from (select tenant, id
                  from customer
                 where (tenant, id) > (from_tenant, from_id)
                 order by tenant, id
                 limit 1000) as round
         order by tenant desc, id desc
         limit 1;
        exit when not found;
        update customer
           set email_key = lower(upper(normalize(email, nfc) collate "pg_c_utf8") collate "pg_c_utf8")
         where (tenant, id) > (from_tenant, from_id)
           and (tenant, id) <= (to_tenant, to_id)
           and email_key <> lower(upper(normalize(email, nfc) collate "pg_c_utf8") collate "pg_c_utf8");
        commit;
        from_tenant := to_tenant;
        from_id     := to_id;
    end loop;
end
$$;
