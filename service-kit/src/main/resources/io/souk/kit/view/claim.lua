-- Takes the leases that are free of some missing keys of one slot, for a reader who is about to read them from the database.
--
-- KEYS           data and lease of each key in turn: as in apply.lua
-- ARGV[1] token  of the reader
-- ARGV[2] ttl    of the leases, in milliseconds
-- ARGV[3] format of data that the reader understands, its first byte; empty to take every lease, whoever has it
--
-- Returns for each key its data, when it is there by now; else 1 when the lease is the reader's, 0 when another has it.
local answers = {}
for i = 1, #KEYS, 2 do
  local data = ARGV[3] ~= '' and redis.call('GET', KEYS[i])
  local answer
  if data and data:sub(1, 1) == ARGV[3] then
    answer = data
  elseif ARGV[3] == '' then
    redis.call('SET', KEYS[i + 1], ARGV[1], 'PX', ARGV[2])
    answer = 1
  else
    answer = redis.call('SET', KEYS[i + 1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
  end
  answers[#answers + 1] = answer
end
return answers
