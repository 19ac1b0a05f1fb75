/**
 * Read by puppeteer wherever it is used in this checkout. Installing packages fetches no browser: the scripts look for
 * one first, and keep what they fetch here and nowhere else.
 */
const { join } = require('node:path');

module.exports = {
  skipDownload: true,
  cacheDirectory: join(__dirname, '.cache/browsers'),
};
