-- What a reservation holds leaves for good: its status says so, and so does the ledger, under the reservation's id.
set local lock_timeout = '2s';

alter table reservation drop constraint reservation_status_check;
alter table reservation
    add constraint reservation_status_check
    check (status in ('OPEN', 'CONFIRMED', 'SHIPPED', 'RELEASED', 'EXPIRED', 'REFUSED')) not valid;
alter table reservation validate constraint reservation_status_check;

alter table stock_movement drop constraint stock_movement_kind_check;
alter table stock_movement
    add constraint stock_movement_kind_check
    check (kind in ('RECEIPT', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'COUNT', 'SHIPMENT')) not valid;
alter table stock_movement validate constraint stock_movement_kind_check;
