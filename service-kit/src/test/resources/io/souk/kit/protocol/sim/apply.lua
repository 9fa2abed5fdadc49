-- Applies one record of the log and moves the position to it (docs/protocol.md, section 4).
--
-- KEYS[1] pos     "<offset> <own watermark>", then " <source>=<watermark>" for each source in the order of their names; no TTL.
--                 A watermark is 16 digits, microseconds since 1970
-- KEYS[2] data    the entry, with a TTL: order (20 digits), kind (L, T, A), asOf (16 digits), then what only readers look at
-- KEYS[3] floor   the highest order ever stored for the entry; no TTL, so that no volatile policy evicts it
-- KEYS[4] lease   the token of the reader who may fill the entry, with a TTL
-- ARGV[1] prev    the offset at which the position must stand
-- ARGV[2] offset  of the record
-- ARGV[3] what    HEARTBEAT, CHANGE or INVALID
-- HEARTBEAT: ARGV[4] own watermark, then source, watermark, ...
-- CHANGE:    ARGV[4] order, ARGV[5] data (LIVE or TOMBSTONE), ARGV[6] ttl in milliseconds
-- INVALID:   ARGV[4] order of a record that could not be decoded
--
-- Returns OK, GONE when there is no position, or "GAP <position>" when it stands elsewhere.
local pos = redis.call('GET', KEYS[1])
if not pos then
  return 'GONE'
end
local at, own, sources = pos:match('^(%S+) (%d+)(.*)$')
if at ~= ARGV[1] then
  return 'GAP ' .. pos
end

local what, order = ARGV[3], ARGV[4]
if what == 'HEARTBEAT' then
  if ARGV[4] > own then
    own = ARGV[4]
  end
  local names, known = {}, {}
  local function learn(name, watermark)
    if not known[name] then
      names[#names + 1] = name
    end
    if not known[name] or watermark > known[name] then
      known[name] = watermark
    end
  end
  for name, watermark in sources:gmatch(' ([^ =]+)=(%d+)') do
    learn(name, watermark)
  end
  for i = 5, #ARGV, 2 do
    learn(ARGV[i], ARGV[i + 1])
  end
  table.sort(names)
  sources = ''
  for _, name in ipairs(names) do
    sources = sources .. ' ' .. name .. '=' .. known[name]
  end
else
  local floor = redis.call('GET', KEYS[3]) or ''
  if what == 'INVALID' then
    if order > floor then
      redis.call('SET', KEYS[3], order)
    end
    redis.call('DEL', KEYS[2], KEYS[4])
  elseif order > floor or (order == floor and redis.call('EXISTS', KEYS[2]) == 0) then
    redis.call('SET', KEYS[3], order)
    redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
    redis.call('DEL', KEYS[4])
  end
end
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. own .. sources)
return 'OK'
