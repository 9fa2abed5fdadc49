-- How far each consumer has applied the topics that it keeps in own tables: up to the offset, hence every commit of the source
-- before the watermark. It moves once all before it is committed, and goes back with the tables when they are restored.
create table source_watermark (
    consumer    text   not null,
    topic       text   not null,                          -- without the installation's prefix: souk.inventory.stock
    shard       int    not null check (shard >= 0),
    read_offset bigint not null,
    watermark   bigint not null check (watermark >= 0),   -- microseconds since 1970 by the source's database
    primary key (consumer, topic, shard)
) with (
    -- Few rows, each written several times a second for ever: room for their next versions beside them.
    fillfactor = 50,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_scale_factor = 0
);

revoke all on source_watermark from ${service}_app, ${service}_worker;
grant select on source_watermark to ${service}_app;
grant select, insert, update on source_watermark to ${service}_worker;
