import sharp from 'sharp';
import { renderDeck } from './render-deck.js';

// The pool is the measure of parallel work: without this every process would start threads of its own.
sharp.concurrency(1);

export default renderDeck;
