/** Words that say nothing about what a sentence is about. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about above after again all also although always am an and another any anybody anyone are as
  at away back be became because become been before being below between both but by came can cannot
  could day did do does done down during each either else enough even ever every everybody few first
  for from further get gets give go goes going gone got had hard has have having he her here him his
  how however i if in into is it its itself just keep kept know known last later least less like
  long look looked made make makes many may me might minute minutes more most much must my near need
  needed never new next no nobody none nor not nothing now of off often on once one only onto or
  other others our out over own people perhaps put quite rather really said same saw say see seem
  seen several she should show shown since so some somebody something still such take taken tell
  than that the their them then there these they thing things think this those though through time
  to told too took towards two under until up upon us use used very want was way we well went were
  what when where whether which while who whole whom whose why will with within without would yes
  yet you your`.split(/\s+/),
);
