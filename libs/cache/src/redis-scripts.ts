/** KEYS[1] counter; ARGV amount, ttl. A counter lives from its first call, whatever follows. */
export const INCREMENT = `
local value = redis.call('INCRBY', KEYS[1], ARGV[1])
local ttl = redis.call('PTTL', KEYS[1])
if ttl < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) ttl = tonumber(ARGV[2]) end
return { value, ttl }`;

/** KEYS[1] window; ARGV index, elapsed ms, window ms, limit. Returns the counts it judged by, and whether it counted. */
export const THROTTLE = `
local stored = redis.call('HMGET', KEYS[1], 'index', 'current', 'previous')
local index, current, previous = tonumber(ARGV[1]), 0, 0
if stored[1] then
  local known = tonumber(stored[1])
  if known >= index then current, previous = tonumber(stored[2]), tonumber(stored[3])
  elseif known == index - 1 then previous = tonumber(stored[2]) end
end
local used = current + previous * (1 - tonumber(ARGV[2]) / tonumber(ARGV[3]))
local counted = 0
if used + 1 <= tonumber(ARGV[4]) then
  counted = 1
  redis.call('HSET', KEYS[1], 'index', index, 'current', current + 1, 'previous', previous)
  redis.call('PEXPIRE', KEYS[1], 2 * tonumber(ARGV[3]))
end
return { current, previous, counted }`;

/** KEYS[1] lock; ARGV token. Only its holder gives a lock back. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;
