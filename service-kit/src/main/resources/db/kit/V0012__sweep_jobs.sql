-- Jobs are kept for some days after their end; the sweep removes the oldest.
grant delete on job to ${service}_worker;
create index job_finished on job (finished_at) where finished_at is not null;
