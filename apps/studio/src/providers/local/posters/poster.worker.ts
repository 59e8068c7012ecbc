import sharp from 'sharp';
import { renderPoster } from './render-poster.js';

// The pool is the measure of parallel work: without this every process would start threads of its own.
sharp.concurrency(1);

export default renderPoster;
