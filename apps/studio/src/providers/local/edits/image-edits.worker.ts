import sharp from 'sharp';
import { editImage } from './edit-image.js';

// The pool is the measure of parallel work: without this every process would start threads of its own.
sharp.concurrency(1);

export default editImage;
