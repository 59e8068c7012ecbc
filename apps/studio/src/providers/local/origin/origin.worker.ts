import { readOrigin } from './read-origin.js';

export default readOrigin;
