-- V0109: a confirmed order's goods are sent, and arrive.
set local lock_timeout = '5s';

alter table orders drop constraint orders_status_check;
alter table orders
    add constraint orders_status_check
        check (status in ('PLACED', 'RESERVED', 'AUTHORISED', 'CONFIRMED', 'FULFILLED', 'DELIVERED', 'REJECTED', 'DECLINED',
                          'EXPIRED', 'CANCELLED')) not valid;
alter table orders validate constraint orders_status_check;

alter table orders
    add column carrier         text,
    add column tracking_number text;                         -- leads to a parcel, and so to a person: in no event
