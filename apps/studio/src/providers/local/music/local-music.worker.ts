import { renderMusic } from './render-music.js';

export default renderMusic;
