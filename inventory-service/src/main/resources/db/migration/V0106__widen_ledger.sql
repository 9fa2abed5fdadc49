-- Beside receipts, the ledger has adjustments with a reason, transfers (two movements of one line) and the differences of stock counts.
set local lock_timeout = '2s';

alter table stock_movement drop constraint stock_movement_kind_check;
alter table stock_movement
    add constraint stock_movement_kind_check
    check (kind in ('RECEIPT', 'ADJUSTMENT', 'TRANSFER_OUT', 'TRANSFER_IN', 'COUNT')) not valid;
alter table stock_movement validate constraint stock_movement_kind_check;

alter table stock_movement add column reason text;     -- of an adjustment
alter table stock_movement add column reference text;  -- the caller's own: a delivery note, a ticket, a counting list

-- A transfer's line moves two levels.
alter table stock_movement drop constraint stock_movement_tenant_cause_id_line_key;
alter table stock_movement add unique (tenant, cause_id, line, level_id);
