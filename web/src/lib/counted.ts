/** "1 ticket", "3 tickets". */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? thing : `${thing}s`}`;
}
