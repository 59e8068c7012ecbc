export * from './credits.js';
export * from './prices/image-prices.js';
export * from './prices/media-prices.js';
export * from './prices/price-table.js';
export * from './prices/text-prices.js';
