// Waits until the server is ready, and says where it is and how to sign in.
import { setTimeout as pause } from 'node:timers/promises';

const [, , address] = process.argv;

async function ready() {
  const answer = await fetch(`${address}/readyz`).catch(() => undefined);
  return answer?.ok ?? false;
}

// The server is our parent: when it could not start, there is nothing left to wait for.
const server = process.ppid;
while (!(await ready())) {
  if (process.ppid !== server) process.exit();
  await pause(100);
}

const { demo } = await (await fetch(`${address}/api/v1/sign-in`)).json();
console.log(`\nAfterword is at ${address}`);
for (const { email, password, role } of demo ?? []) {
  console.log(`  sign in as ${email} (${role}), password: ${password}`);
}
console.log('Stop it with Ctrl-C.\n');
