// The password's hash and nothing else, as many at once as auth lets run.
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { PASSWORD_COST } from '../../apps/auth/dist/login/password-hasher.js';
import { repeat } from './raw-sql.mjs';

let known;

process.on('disconnect', () => process.exit(0));
process.on('message', (wish) => {
  measure(wish).then(
    (value) => process.send({ value }),
    (error) => process.send({ error: error.stack }),
  );
});

async function measure({ password, seconds }) {
  known ??= await hash(password, PASSWORD_COST);
  return repeat(availableParallelism(), seconds, async () => {
    if (!(await verify(known, password))) throw new Error('the password was refused');
  });
}
