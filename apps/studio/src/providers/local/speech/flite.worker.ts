import { sayWithFlite } from './flite.js';

export default sayWithFlite;
