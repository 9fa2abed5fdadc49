-- Stores what the holder of the lease has read from the primary (docs/protocol.md, section 4). It may be older by now than what the
-- cache has seen.
--
-- KEYS pos, data, floor and lease of the entry, as in apply.lua.
-- ARGV[1] token of the reader, ARGV[2] order, zeros for no row, ARGV[3] data, empty to give the lease back and store nothing,
-- ARGV[4] ttl of the data in milliseconds.
--
-- Returns OK, LOST when another holds the lease or nobody does, OLD when the cache has seen something newer, or GONE when the
-- generation has no position. Only after OK is anything stored.
local NO_ORDER = '00000000000000000000'
local AS_OF, AS_OF_END = 22, 53

if redis.call('EXISTS', KEYS[1]) == 0 then
  return 'GONE'
end
if redis.call('GET', KEYS[4]) ~= ARGV[1] then
  return 'LOST'
end
redis.call('DEL', KEYS[4])

local order, data = ARGV[2], ARGV[3]
if data == '' then
  return 'OK'
end
local floor = redis.call('GET', KEYS[3])
if order == NO_ORDER then
  -- Absence makes no floor, and where there is a floor there has been a row: its creation has overtaken the reader.
  if floor then
    return 'OLD'
  end
elseif floor and order < floor then
  return 'OLD'
else
  redis.call('SET', KEYS[3], order)
  local before = redis.call('GETRANGE', KEYS[2], 0, AS_OF_END - 1)
  if before:sub(1, 20) == order and before:sub(AS_OF) > data:sub(AS_OF, AS_OF_END) then
    data = data:sub(1, AS_OF - 1) .. before:sub(AS_OF) .. data:sub(AS_OF_END + 1)
  end
end
redis.call('SET', KEYS[2], data, 'PX', ARGV[4])
return 'OK'
