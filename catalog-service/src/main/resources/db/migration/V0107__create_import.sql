-- An upload is stored in chunks of whole lines as it comes; once it is whole, a job takes chunk after chunk. What became of
-- each row is kept under the job's id.
create table import_upload (
    tenant     text        not null,
    id         uuid        not null,
    touched_at timestamptz not null,
    job_id     uuid,                               -- null while the upload runs
    primary key (tenant, id)
);
-- The sweep of uploads that broke off.
create index import_upload_unfinished on import_upload (touched_at) where job_id is null;

alter table import_upload enable row level security;
create policy of_tenant on import_upload to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on import_upload to catalog_worker using (true);

create table import_chunk (
    tenant     text    not null,
    upload_id  uuid    not null,
    first_line bigint  not null,
    lines      integer not null check (lines > 0),
    bytes      bytea   not null,                   -- as sent: it may be no text at all
    primary key (tenant, upload_id, first_line),
    foreign key (tenant, upload_id) references import_upload (tenant, id) on delete cascade
);

alter table import_chunk enable row level security;
create policy of_tenant on import_chunk to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on import_chunk to catalog_worker using (true);

-- What earlier rows of the same file have claimed: a key belongs to the first row that has it.
create table import_key (
    tenant text   not null,
    job_id uuid   not null,
    key    text   not null,
    line   bigint not null,
    primary key (tenant, job_id, key)
);

alter table import_key enable row level security;
create policy of_tenant on import_key to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on import_key to catalog_worker using (true);

create table import_record (
    tenant     text   not null,
    job_id     uuid   not null,
    line       bigint not null,
    outcome    text   not null check (outcome in ('CREATED', 'UPDATED', 'UNCHANGED', 'REJECTED')),
    product_id uuid,
    sku        text,
    reasons    json,                               -- why it was refused
    notes      json,                               -- what of an accepted row was left out
    primary key (tenant, job_id, line),
    check ((outcome = 'REJECTED') = (reasons is not null)),
    check (outcome = 'REJECTED' or product_id is not null)
);
-- Reports ask for one outcome, in the order of lines.
create index import_record_by_outcome on import_record (tenant, job_id, outcome, line);

alter table import_record enable row level security;
create policy of_tenant on import_record to catalog_app using (tenant = nullif(current_setting('souk.tenant', true), ''));
create policy of_worker on import_record to catalog_worker using (true);
