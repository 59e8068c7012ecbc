import sharp from 'sharp';
import { examineImage } from './examine-image.js';

// The pool is the measure of parallel work: without this every worker would start threads of its own.
sharp.concurrency(1);

export default examineImage;
