-- Applies what a change event says to one entry. Called by the event path for every event, in the order of the log; harmless when
-- called again or late, since the floor decides.
--
-- KEYS[1] data    the entry: header and bytes; evictable, with a TTL
-- KEYS[2] floor   the highest order ever stored for the entry; no TTL, so that no volatile policy evicts it
-- KEYS[3] lease   the token of the reader who may fill the entry, with a TTL
-- ARGV[1] order   20 digits, compared as text; zeros, with an empty record, for an event of which not even that is known
-- ARGV[2] record  header and bytes, LIVE or TOMBSTONE; empty for an event that could not be made into an entry
-- ARGV[3] ttl     of the data, in milliseconds
--
-- Returns 1 when the entry is now as the event says, 0 when something newer, or the same, is there.
local order, record, ttl = ARGV[1], ARGV[2], ARGV[3]
local floor = redis.call('GET', KEYS[2])

if record == '' then
  -- Nothing older may be stored any more, and what is there may be older: the next reader asks the database.
  -- Zeros make no floor: there may be no such aggregate at all.
  if order > (floor or '00000000000000000000') then
    redis.call('SET', KEYS[2], order)
  end
  redis.call('DEL', KEYS[1], KEYS[3])
  return 1
end

if floor and (order < floor or (order == floor and redis.call('EXISTS', KEYS[1]) == 1)) then
  return 0
end
redis.call('SET', KEYS[2], order)
redis.call('SET', KEYS[1], record, 'PX', ttl)
redis.call('DEL', KEYS[3])
return 1
