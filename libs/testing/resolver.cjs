/** Maps `./x.js` to `./x.ts` for our own sources: imports carry the extension that exists at run time. */
module.exports = (request, options) => {
  if (request.endsWith('.js') && request[0] === '.' && !options.basedir.includes('node_modules')) {
    try {
      return options.defaultResolver(request.slice(0, -3) + '.ts', options);
    } catch {
      // not one of our sources: fall through to the name as written
    }
  }
  return options.defaultResolver(request, options);
};
