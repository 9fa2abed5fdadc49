-- V0119: an order may take the place of what its customer holds.
set local lock_timeout = '5s';

alter table orders
    add column replaces uuid;                                -- a reservation of the inventory, found to be the customer's
