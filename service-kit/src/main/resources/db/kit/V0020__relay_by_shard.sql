-- One relay per shard: it asks for its shard's rows alone, tenants in turn. A relay of the service before this version must not
-- run beside it.
set local lock_timeout = '5s';

-- Both ends of a shard's queue.
alter table outbox drop constraint outbox_pkey, add primary key (shard, seq);
-- From one tenant to the next, and each tenant's rows in their order.
create index outbox_in_turn on outbox (shard, tenant, seq);

-- Which replica a term is of: what it has taken it may take again.
delete from relay_lease;
alter table relay_lease add column replica uuid not null;

-- The replicas that share the shards; a row that is not renewed expires.
create table relay_replica (
    id         uuid        primary key,
    expires_at timestamptz not null
);

revoke all on relay_replica from ${service}_app, ${service}_worker;
grant select, insert, update, delete on relay_replica to ${service}_worker;
