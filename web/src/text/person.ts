// A version's author is signed with name and address, as in git; a sentence needs the name alone.
export function personName(signed: string): string {
  return signed.replace(/ <[^>]*>$/, '')
}
