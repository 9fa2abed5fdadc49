-- Takes the leases that are free of some entries of one slot, for a reader who is about to read them from the primary
-- (docs/protocol.md, section 6). What is there does not matter unless it has changed since the reader looked.
--
-- KEYS           pos, data and lease of each entry in turn: as in apply.lua
-- ARGV[1] token  of the reader
-- ARGV[2] ttl    of the leases, in milliseconds
-- ARGV[3] over   1 to take every lease, whoever has it and whatever is there; else 0
-- ARGV[4..]      of each entry how its data began when the reader looked: order, kind and asOf; empty where there were none
--
-- Returns for each entry: 1 when the lease is the reader's, 0 when another has it, {pos, data} when the data are not those that the
-- reader saw, and nil when the generation has no position.
local SEEN = 53
local answers = {}
for i = 1, #KEYS, 3 do
  local entry = (i + 2) / 3
  local answer
  if redis.call('EXISTS', KEYS[i]) == 0 then
    answer = false
  elseif ARGV[3] == '1' then
    redis.call('SET', KEYS[i + 2], ARGV[1], 'PX', ARGV[2])
    answer = 1
  else
    local begins = redis.call('GETRANGE', KEYS[i + 1], 0, SEEN - 1)
    if begins ~= '' and begins ~= ARGV[3 + entry] then
      answer = {redis.call('GET', KEYS[i]), redis.call('GET', KEYS[i + 1])}
    else
      answer = redis.call('SET', KEYS[i + 2], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
    end
  end
  answers[entry] = answer
end
return answers
