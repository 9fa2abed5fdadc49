-- Stores what a writer has just committed. Best effort: the log says the same a little later (docs/protocol.md, section 4).
--
-- KEYS pos, data, floor and lease of the entry, as in apply.lua.
-- ARGV[1] order, ARGV[2] data (LIVE or TOMBSTONE), ARGV[3] ttl in milliseconds.
--
-- Returns OK, OLD when something newer, or the same, is there: a writer that was paused comes late; or GONE when the generation
-- has no position.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 'GONE'
end
local order, floor = ARGV[1], redis.call('GET', KEYS[3]) or ''
if order < floor or (order == floor and redis.call('EXISTS', KEYS[2]) == 1) then
  return 'OLD'
end
redis.call('SET', KEYS[3], order)
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
redis.call('DEL', KEYS[4])
return 'OK'
