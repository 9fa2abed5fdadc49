-- One relay per shard: it asks for its shard's rows alone, tenants in turn. A relay of the service before this version must not
-- run beside it.
set local lock_timeout = '5s';

-- A shard's queue, from one tenant to the next and each tenant's rows in their order. The only index: with another one that
-- begins with seq, or has it behind the shard, a planner that thinks the queue short reads all of a long one.
alter table outbox drop constraint outbox_pkey, add primary key (shard, tenant, seq);
-- Its last value is no lower than any seq that is to be seen.
grant select on sequence outbox_seq_seq to ${service}_worker;

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
