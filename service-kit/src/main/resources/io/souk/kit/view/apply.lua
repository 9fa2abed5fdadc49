-- Applies one record of the log to the entries that are made of it, and moves the position to it (docs/protocol.md, section 4).
--
-- KEYS[1] pos     "<offset> <own watermark>", then " <source>=<watermark>" for each source in the order of their names; no TTL.
--                 A watermark is 16 digits, microseconds since 1970
-- then for each entry (a heartbeat has none):
--         data    with a TTL: order (20 digits), kind (L, T, A), asOf (32 digits), then what only readers look at
--         floor   the highest order ever stored for the entry; no TTL, so that no volatile policy evicts it
--         lease   the token of the reader who may fill the entry, with a TTL
-- ARGV[1] prev    the offset at which the position must stand
-- ARGV[2] offset  of the record
-- ARGV[3] what    HEARTBEAT or CHANGE
-- HEARTBEAT: ARGV[4] own watermark, then source, watermark, ...
-- CHANGE:    ARGV[4] order, then for each entry its data (LIVE or TOMBSTONE), empty where none could be made of the record, and the
--            data's ttl in milliseconds
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

if ARGV[3] == 'HEARTBEAT' then
  if ARGV[4] > own then
    own = ARGV[4]
  end
  if sources ~= '' or #ARGV > 4 then
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
  end
else
  local order, argument = ARGV[4], 5
  for i = 2, #KEYS, 3 do
    local data, ttl = ARGV[argument], ARGV[argument + 1]
    argument = argument + 2
    local floor = redis.call('GET', KEYS[i + 1]) or ''
    if data == '' then
      -- Nothing older may be stored any more, and what is there may be older: the next reader asks the database.
      if order > floor then
        redis.call('SET', KEYS[i + 1], order)
      end
      redis.call('DEL', KEYS[i], KEYS[i + 2])
    elseif order > floor or (order == floor and redis.call('EXISTS', KEYS[i]) == 0) then
      redis.call('SET', KEYS[i + 1], order)
      redis.call('SET', KEYS[i], data, 'PX', ttl)
      redis.call('DEL', KEYS[i + 2])
    end
  end
end
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. own .. sources)
return 'OK'
