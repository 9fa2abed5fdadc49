-- Takes away an entry that has turned out wrong (docs/protocol.md, section 7), for an auditor who holds the row's lock. So no version
-- above the row's is committed, nor comes before the lock is free; and none below it may be stored any more.
--
-- KEYS           pos, data, floor and lease of the entry, as in apply.lua
-- ARGV[1] data   as the auditor has seen them; empty if there were none
-- ARGV[2] floor  likewise
-- ARGV[3] order  of the row; empty when there is none, and then the floor stays
--
-- Returns OK, OTHER when something else is there by now, or GONE when the generation has no position.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 'GONE'
end
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] or (redis.call('GET', KEYS[3]) or '') ~= ARGV[2] then
  return 'OTHER'
end
redis.call('DEL', KEYS[2], KEYS[4])
if ARGV[3] ~= '' then
  redis.call('SET', KEYS[3], ARGV[3])
end
return 'OK'
