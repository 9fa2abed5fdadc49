-- Stores what the holder of the lease has read from the database after a miss. What it read may be older by now than what the cache
-- has seen.
--
-- KEYS[1] data, KEYS[2] floor, KEYS[3] lease, ARGV[1] order, ARGV[2] record, ARGV[3] ttl in milliseconds: as in apply.lua. The record
-- may also be ABSENT, with an order of zeros and a short ttl: there was no row; or empty: the lease is only given back.
-- ARGV[4] token of the reader
--
-- Returns 1 when done, 0 when another has the lease, or nobody, or when the cache has seen something newer: then nothing is stored.
if redis.call('GET', KEYS[3]) ~= ARGV[4] then
  return 0
end
redis.call('DEL', KEYS[3])
if ARGV[2] == '' then
  return 1
end

local order = ARGV[1]
local floor = redis.call('GET', KEYS[2])
if order == '00000000000000000000' then
  -- Absence makes no floor, and where there is a floor there has been a row: a creation has overtaken the reader.
  if floor then
    return 0
  end
elseif floor and order < floor then
  return 0
else
  redis.call('SET', KEYS[2], order)
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
