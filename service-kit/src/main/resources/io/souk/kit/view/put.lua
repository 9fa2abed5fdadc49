-- Puts what a writer has just committed. Best effort: the event path says the same a little later.
--
-- KEYS[1] data, KEYS[2] floor, KEYS[3] lease, ARGV[1] order, ARGV[2] record (LIVE or TOMBSTONE), ARGV[3] ttl in milliseconds: as in
-- apply.lua.
--
-- Returns 1 when stored, 0 when something newer, or the same, is there: a writer that was paused comes late.
local order = ARGV[1]
local floor = redis.call('GET', KEYS[2])
if floor and (order < floor or (order == floor and redis.call('EXISTS', KEYS[1]) == 1)) then
  return 0
end
redis.call('SET', KEYS[2], order)
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[3])
return 1
