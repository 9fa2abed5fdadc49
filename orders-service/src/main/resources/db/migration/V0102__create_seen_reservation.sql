-- V0102: how far each reservation of inventory was followed, so that nothing older has an effect however late it comes again.
create table seen_reservation (
    tenant         text    not null,
    reservation_id uuid    not null,
    epoch          integer not null,
    version        bigint  not null,
    primary key (tenant, reservation_id)
);

alter table seen_reservation enable row level security;
create policy of_tenant on seen_reservation to ${service}_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on seen_reservation to ${service}_worker using (true);
